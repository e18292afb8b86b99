import { humanize } from '../../internal/humanize.js';
import { plural, whole } from '../../internal/intl.js';
import { type AnnouncerMessages, announcerEnglish } from '../../provider/announcerWords.js';

/** The words of `PostDetails`. */
export interface PostDetailsMessages {
  /** Name of the whole. */
  postDetails: string;
  /** The container could not be read. */
  postUnavailable: string;
  /** Label of a caption that is for all platforms. */
  postCaption: string;
  /** Label of a caption for some platforms, written out already ("TikTok, Instagram"). */
  postCaptionFor: (platforms: string) => string;
  postFirstComment: string;
  /** Label of whoever presents the content. */
  postSpeaker: string;
  /** Label of the format. */
  postFormat: string;
  /** A format by its wire name, with hyphens; an open set. */
  postFormatName: (format: string) => string;
  /** Label of the length. */
  postLength: string;
  /** The length of a slideshow. */
  postSlides: (count: number, locale: string) => string;
  /** Puts the text beside it on the clipboard. */
  copy: string;
  /** It was put there. */
  copied: string;
  /** It could not be put there. */
  copyFailed: string;
}

/** The formats that are known today. */
const FORMATS: Record<string, string> = {
  'slideshow-builder': 'Slideshow',
  'ugc-remix': 'UGC remix',
  'video-remix': 'Video remix',
  'slideshow-remix': 'Slideshow remix',
};

/** Their English. */
export const postDetailsEnglish: PostDetailsMessages = {
  postDetails: 'Post details',
  postUnavailable: "Couldn't load the post details.",
  postCaption: 'Caption',
  postCaptionFor: (platforms) => `Caption for ${platforms}`,
  postFirstComment: 'First comment',
  postSpeaker: 'Presenter',
  postFormat: 'Format',
  postFormatName: (format) => (Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined) ?? humanize(format),
  postLength: 'Length',
  postSlides: (count, locale) => plural(count, 'en', { one: `${whole(count, locale)} slide`, other: `${whole(count, locale)} slides` }),
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: "Couldn't copy. Select the text and copy it yourself.",
};

/** What the details say, in English. */
export const postDetailsWords: PostDetailsMessages & AnnouncerMessages & { separator: string } = {
  ...announcerEnglish,
  separator: ', ',
  ...postDetailsEnglish,
};
