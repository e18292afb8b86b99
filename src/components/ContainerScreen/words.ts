import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `ContainerScreen`: what happens now, in one sentence. */
export interface ScreenMessages {
  /** It waits to start. */
  screenQueued: string;
  /** It is being made. */
  screenMaking: string;
  /** It is ready, and waits for this person's approval. */
  screenReview: string;
  /** It is ready and waits for approval, and this browser cannot show its picture. */
  screenUnseen: string;
  /** It is ready, and nothing is to be decided. */
  screenReady: string;
  /** It was completed, and has no media. */
  screenWithoutMedia: string;
  screenApproved: string;
  screenRejected: string;
  /** Somebody stopped it. */
  screenCanceled: string;
  /** It could not be read. */
  screenUnavailable: string;
  /** Makes it once more, or another. */
  screenMakeAgain: string;
  /** Asks to be notified of the end. */
  screenNotify: string;
  /** The person will be notified. */
  screenWillNotify: string;
}

/** Their English. */
export const screenEnglish: ScreenMessages = {
  screenQueued: 'This starts soon. You can leave this page. It goes on without you.',
  screenMaking: 'This is being made. You can leave this page. It goes on without you.',
  screenReview: 'Have a look, then decide.',
  screenUnseen: 'This video could not be shown here. Open the file before you decide.',
  screenReady: 'This is ready.',
  screenWithoutMedia: 'This is done, but there is nothing to show.',
  screenApproved: 'There is nothing more to do.',
  screenRejected: 'This will not be posted.',
  screenCanceled: 'This was stopped before it was finished.',
  screenUnavailable: 'This could not be loaded.',
  screenMakeAgain: 'Make another',
  screenNotify: 'Tell me when it is ready',
  screenWillNotify: 'We will tell you when it is ready.',
};

/** What a screen says, in English. */
export const screenWords: ScreenMessages & CommonMessages = { ...commonEnglish, ...screenEnglish };
