import { lifeOf, outputAt, type ContainerRecord, type Output } from '../record.js';
import { wireTime } from '../time.js';
import { assetIds, mediaUrls } from './media.js';
import type { Wire, WireContext } from './wire.js';

/** The current edition: `processing`, hyphens, `hook`, `preview` [reference/content/get-container]. */
export const currentWire: Wire = {
  statuses: ['queued', 'processing', 'completed', 'failed', 'canceled'],
  formats: ['slideshow-builder', 'ugc-remix', 'video-remix', 'slideshow-remix'],
  status: (status) => status,
  format: (format) => format,
  container(record, context) {
    const life = lifeOf(record, context.now);
    const output = outputAt(record, life);
    return {
      id: record.id,
      projectId: record.projectId,
      status: life.status,
      format: record.format,
      hook: record.hook,
      influencerId: record.influencerId,
      sourceTiktokId: record.sourceTiktokId,
      mediaId: record.mediaId,
      caption: output?.caption ?? null,
      firstComment: record.firstComment,
      preview: output && currentPreview(output, context),
      assets: currentAssets(record, context),
      approvalStatus: record.approval,
      creativeType: record.creativeType,
      adsEnrollment: record.creativeType === 'uploaded' ? 'opted_out' : 'auto',
      createdAt: wireTime(record.createdAt),
      completedAt: life.ending?.outcome === 'completed' ? wireTime(life.ending.at) : null,
      failedAt: life.ending?.outcome === 'failed' ? wireTime(life.ending.at) : null,
      lastError: life.ending?.lastError ?? null,
      ...(record.platformFit && { platformFit: record.platformFit }),
    };
  },
  // No stored copy of the page shows this edition's rows: the old row with `preview` and `creativeType` in place of `primaryAsset`.
  row(record, context) {
    const life = lifeOf(record, context.now);
    const output = outputAt(record, life);
    return {
      id: record.id,
      status: life.status,
      format: record.format,
      caption: output?.caption ?? null,
      approvalStatus: record.approval,
      creativeType: record.creativeType,
      createdAt: wireTime(record.createdAt),
      completedAt: life.ending?.outcome === 'completed' ? wireTime(life.ending.at) : null,
      preview: output && currentPreview(output, context),
    };
  },
  assets: currentAssets,
};

/** The normalized preview object [concepts/preview-object]; a video has no `imageUrls`, as in the documented example. */
export function currentPreview(output: Output, { mediaBase }: WireContext): Record<string, unknown> {
  const { media, probed } = output;
  const { files, thumbnail, hls } = mediaUrls(output, mediaBase);
  const video = media.kind === 'video';
  return {
    kind: media.kind,
    primaryUrl: files[0],
    ...(!video && { imageUrls: files }),
    videoUrl: video ? files[0] : null,
    thumbnailUrl: thumbnail,
    hlsUrl: hls,
    durationMs: video && probed ? media.durationMs : null,
    aspectRatio: media.aspectRatio,
  };
}

function currentAssets(record: ContainerRecord, context: WireContext): Record<string, unknown>[] {
  const output = outputAt(record, lifeOf(record, context.now));
  if (!output) return [];
  const { files, thumbnail } = mediaUrls(output, context.mediaBase);
  const video = output.media.kind === 'video';
  const ids = assetIds(context.seed, record, output, files.length);
  return files.map((url, index) => ({
    assetId: ids[index],
    kind: video ? 'video' : 'image',
    url,
    thumbnailUrl: video ? thumbnail : url,
  }));
}
