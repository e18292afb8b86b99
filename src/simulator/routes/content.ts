import { notFound } from '../problem.js';
import { lifeOf, outputAt } from '../record.js';
import { wireTime } from '../time.js';
import { fileFacts } from '../wire/media.js';
import { containerOf, ok, type Route } from './route.js';

/** Reading one container [reference/content/get-container, get-progress, get-asset]. */
export const contentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/content/:containerId',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle: (call) => ok(call.wire.container(containerOf(call), call.context)),
  },
  {
    method: 'GET',
    path: '/v1/content/:containerId/progress',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle(call) {
      const record = containerOf(call);
      const life = lifeOf(record, call.now);
      return ok({
        containerId: record.id,
        status: call.wire.status(life.status),
        stage: life.stage,
        stageProgress: life.stageProgress,
        etaSeconds: life.etaSeconds,
        updatedAt: wireTime(life.updatedAt),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/content/:containerId/assets/:assetId',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle(call) {
      const record = containerOf(call);
      const asset = call.wire.assets(record, call.context).find(({ assetId }) => assetId === call.param('assetId'));
      const output = outputAt(record, lifeOf(record, call.now));
      if (!asset || !output) throw notFound('Asset');
      const { assetId, kind, url, thumbnailUrl } = asset;
      const { mimeType, durationMs, width, height } = fileFacts(output, String(url));
      // Absent rather than null where unknown.
      const { assetUrlLifeMs } = call.world.options;
      const expiresAt = assetUrlLifeMs === undefined ? {} : { expiresAt: wireTime(call.now + assetUrlLifeMs) };
      const optional = { mimeType, ...(durationMs !== null && { durationMs }), width, height, ...expiresAt };
      return ok({ containerId: record.id, assetId, kind, url, thumbnailUrl, ...optional });
    },
  },
];
