import type { Preview } from './preview.js';
import type { ApprovalStatus, ContainerStatus, CreativeType } from './status.js';

/** A file behind a container. Render from {@link Container.preview}; assets are the inventory. */
export interface Asset {
  /** `assetId ?? id`, opaque. */
  id: string | null;
  /** `video`, `image`, … as sent. */
  kind: string | null;
  url: string | null;
  thumbnailUrl: string | null;
  mimeType: string | null;
  durationMs: number | null;
  width: number | null;
  height: number | null;
  sizeBytes: number | null;
}

/** How one platform takes an upload; advisory. */
export interface PlatformFit {
  platform: string;
  ok: boolean;
  issues: string[];
}

/** A container, normalized from the current edition, the old one, and the concept page's third shape. Plain JSON. */
export interface Container {
  /** As sent, with or without `cnt_`. */
  id: string;
  projectId: string | null;
  status: ContainerStatus;
  rawStatus: string;
  approvalStatus: ApprovalStatus;
  rawApprovalStatus: string;
  /** Hyphens (`video-remix`); `null` on uploads. An open set. */
  format: string | null;
  creativeType: CreativeType;
  /** `hook ?? brief.hook`; line breaks and emoji exact. */
  hook: string | null;
  /** `caption`, else the first of `captions`. */
  caption: string | null;
  captions: { platform: string; text: string }[];
  firstComment: string | null;
  /** The old edition's creative input, as sent. */
  brief: Record<string, unknown> | null;
  influencerId: string | null;
  sourceTiktokId: string | null;
  mediaId: string | null;
  adsEnrollment: string | null;
  /** `null` on generated content. */
  platformFit: PlatformFit[] | null;
  /** `null`: no media (yet). */
  preview: Preview | null;
  assets: Asset[];
  /** Why generation failed; `null` where it did not. */
  lastError: { code: string; message: string } | null;
  createdAt: string | null;
  updatedAt: string | null;
  completedAt: string | null;
  failedAt: string | null;
}

/** A list row: the same names as {@link Container}, and only those a row carries in either edition. */
export type ContainerSummary = Pick<
  Container,
  | 'id'
  | 'projectId'
  | 'status'
  | 'rawStatus'
  | 'approvalStatus'
  | 'rawApprovalStatus'
  | 'format'
  | 'creativeType'
  | 'hook'
  | 'caption'
  | 'preview'
  | 'lastError'
  | 'createdAt'
  | 'updatedAt'
  | 'completedAt'
  | 'failedAt'
>;

/** One page of a project's containers, newest first. */
export interface ContainerPage {
  containers: ContainerSummary[];
  /** Opaque; pass it back verbatim. `null` ends the list (also where the server left it out or sent an empty one). */
  nextCursor: string | null;
  /** Rows that could not be read, so that one bad row never costs the page its good ones. */
  invalid: { index: number; reason: string }[];
}
