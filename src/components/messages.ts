import { type AnnouncerMessages, announcerEnglish } from '../provider/announcerWords.js';
import { type MakingMessages, makingEnglish } from '../provider/makingMessages.js';
import { type StatusMessages, statusEnglish } from '../provider/statusWords.js';
import { type ApprovalMessages, approvalEnglish } from './ApprovalActions/words.js';
import { type ApprovalBadgeMessages, approvalBadgeEnglish } from './ApprovalBadge/words.js';
import { type CardMessages, cardEnglish } from './ContainerCard/words.js';
import { type GridMessages, gridEnglish } from './ContainerGrid/words.js';
import { type ScreenMessages, screenEnglish } from './ContainerScreen/words.js';
import { type PlatformFitMessages, platformFitEnglish } from './PlatformFitNotice/words.js';
import { type PostDetailsMessages, postDetailsEnglish } from './PostDetails/words.js';
import { type PlayerPartMessages, playerPartEnglish } from './PreviewPlayer/partWords.js';
import { type PlayerMessages, playerEnglish } from './PreviewPlayer/words.js';
import { type ProgressBarMessages, progressBarEnglish } from './ProgressBar/words.js';
import { type StatusBadgeMessages, statusBadgeEnglish } from './StatusBadge/words.js';
import { type CommonMessages, commonEnglish } from './words.js';

/**
 * Every word this library shows or says. Give `LayersProvider` the ones to replace; the rest stay English.
 * Functions get the provider's `locale`, so that one pack can leave numbers, durations and plurals to `Intl`.
 */
export interface LayersMessages
  extends CommonMessages,
    StatusMessages,
    StatusBadgeMessages,
    ApprovalBadgeMessages,
    ProgressBarMessages,
    PlayerMessages,
    PlayerPartMessages,
    PlatformFitMessages,
    PostDetailsMessages,
    ApprovalMessages,
    CardMessages,
    GridMessages,
    ScreenMessages,
    MakingMessages,
    AnnouncerMessages {}

/** All English words. Each component brings its own: a page pays for this catalogue only where it imports it. */
// Not spread: a bundler keeps a spread even where nothing uses its result.
export const englishMessages: LayersMessages = /* @__PURE__ */ Object.assign(
  {},
  commonEnglish,
  statusEnglish,
  statusBadgeEnglish,
  approvalBadgeEnglish,
  progressBarEnglish,
  playerEnglish,
  playerPartEnglish,
  platformFitEnglish,
  postDetailsEnglish,
  approvalEnglish,
  cardEnglish,
  gridEnglish,
  screenEnglish,
  makingEnglish,
  announcerEnglish,
);
