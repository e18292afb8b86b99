import * as z from 'zod/mini';
import { type Asset, assetOf, wireAsset } from './asset.js';
import { type Preview, previewOf } from './preview.js';
import {
  type ApprovalStatus,
  type ContainerStatus,
  type CreativeType,
  normalizeFormat,
  readApprovalStatus,
  readContainerStatus,
} from './status.js';
import {
  asSent,
  failure,
  lazily,
  readBody,
  readBy,
  record,
  requiredFlag,
  requiredId,
  requiredText,
  rowsIn,
  rowsOf,
  text,
  texts,
} from './wire.js';

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
  /** The status word as sent; `''` where none came. */
  rawStatus: string;
  approvalStatus: ApprovalStatus;
  /** The approval word as sent; `''` where none came. */
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
  /**
   * `true` in what a hook gives while the container's record has not been read, or not since it ended: only what a list row or its progress told is there,
   * everything else is `null` or empty until it is known. Left out where all is known.
   */
  isPartial?: boolean;
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
> &
  // The old edition's rows need not carry it.
  Partial<Pick<Container, 'brief'>>;

const summaryMembers = () => ({
  id: requiredId(),
  projectId: text(),
  status: text(),
  approvalStatus: text(),
  format: text(),
  creativeType: text(),
  hook: text(),
  caption: text(),
  captions: rowsOf(z.object({ platform: text(), text: requiredText() })),
  brief: record(),
  preview: asSent(),
  primaryAsset: readBy((value) => rowsIn(wireAsset(), [value])?.map(assetOf)[0] ?? null),
  assets: readBy((value) => rowsIn(wireAsset(), value)?.map(assetOf) ?? []),
  lastError: failure(),
  createdAt: text(),
  updatedAt: text(),
  completedAt: text(),
  failedAt: text(),
});

/** What a list row sends in either edition. @internal */
export const wireSummary = lazily(() => z.object(summaryMembers()));

const wirePlatformFit = lazily(() => z.object({ platform: requiredText(), ok: requiredFlag(), issues: texts() }));

const wireContainer = lazily(() =>
  z.object({
    ...summaryMembers(),
    firstComment: text(),
    influencerId: text(),
    sourceTiktokId: text(),
    mediaId: text(),
    adsEnrollment: text(),
    platformFit: readBy((value) => rowsIn(wirePlatformFit(), value)),
  }),
);

/** Normalizes what a list row and a whole container have in common. @internal */
export function summaryOf(wire: z.output<ReturnType<typeof wireSummary>>): ContainerSummary {
  return {
    id: wire.id,
    projectId: wire.projectId,
    status: readContainerStatus(wire.status ?? ''),
    rawStatus: wire.status ?? '',
    approvalStatus: readApprovalStatus(wire.approvalStatus ?? ''),
    rawApprovalStatus: wire.approvalStatus ?? '',
    format: wire.format === null ? null : normalizeFormat(wire.format),
    creativeType: wire.creativeType === 'uploaded' ? 'uploaded' : 'generated',
    hook: wire.hook ?? (typeof wire.brief?.['hook'] === 'string' ? wire.brief['hook'] : null),
    caption: wire.caption ?? wire.captions[0]?.text ?? null,
    ...(wire.brief && { brief: wire.brief }),
    preview: previewOf(wire),
    lastError: wire.lastError,
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    completedAt: wire.completedAt,
    failedAt: wire.failedAt,
  };
}

/**
 * Normalizes the body of `GET /v1/content/:containerId`, of an upload or of a webhook's container, in either edition.
 * @throws LayersError `INVALID_RESPONSE` where it is no object or has no id.
 */
export function parseContainer(json: unknown): Container {
  const wire = readBody(wireContainer(), json, 'a container');
  return {
    ...summaryOf(wire),
    captions: wire.captions.map((caption) => ({ ...caption, platform: caption.platform ?? '' })),
    firstComment: wire.firstComment,
    brief: wire.brief,
    influencerId: wire.influencerId,
    sourceTiktokId: wire.sourceTiktokId,
    mediaId: wire.mediaId,
    adsEnrollment: wire.adsEnrollment,
    platformFit: wire.platformFit,
    assets: wire.assets,
  };
}
