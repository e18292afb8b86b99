import { lifeOf, outputAt, type ContainerRecord } from '../record.js';
import { wireTime } from '../time.js';
import { assetIds, fileFacts, mediaUrls } from './media.js';
import type { Wire, WireContext } from './wire.js';

/** The old edition: `generating`, underscores, `brief`, assets with file facts, no `preview` [reference/content/get-container, old]. */
export const legacyWire: Wire = {
  statuses: ['queued', 'generating', 'completed', 'failed', 'canceled'],
  formats: ['video_remix', 'slideshow_remix', 'ugc_remix', 'auto'],
  status: (status) => (status === 'processing' ? 'generating' : status),
  format: (format) => format?.replaceAll('-', '_') ?? null,
  container(record, context) {
    const life = lifeOf(record, context.now);
    return {
      id: record.id,
      projectId: record.projectId,
      status: legacyWire.status(life.status),
      format: legacyWire.format(record.format),
      brief: record.brief,
      caption: outputAt(record, life)?.caption ?? null,
      firstComment: record.firstComment,
      assets: legacyAssets(record, context),
      approvalStatus: record.approval,
      createdAt: wireTime(record.createdAt),
      completedAt: life.ending?.outcome === 'completed' ? wireTime(life.ending.at) : null,
      failedAt: life.ending?.outcome === 'failed' ? wireTime(life.ending.at) : null,
      lastError: life.ending?.lastError ?? null,
    };
  },
  row(record, context) {
    const life = lifeOf(record, context.now);
    const [first] = legacyAssets(record, context);
    return {
      id: record.id,
      status: legacyWire.status(life.status),
      format: legacyWire.format(record.format),
      caption: outputAt(record, life)?.caption ?? null,
      approvalStatus: record.approval,
      createdAt: wireTime(record.createdAt),
      completedAt: life.ending?.outcome === 'completed' ? wireTime(life.ending.at) : null,
      primaryAsset: first
        ? { assetId: first.assetId, kind: first.kind, thumbnailUrl: first.thumbnailUrl, durationMs: first.durationMs }
        : null,
    };
  },
  assets: legacyAssets,
};

function legacyAssets(record: ContainerRecord, context: WireContext): Record<string, unknown>[] {
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
    ...fileFacts(output, url.slice(context.mediaBase.length)),
  }));
}
