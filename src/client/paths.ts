import { LayersError } from '../model/errors.js';

/** `/v1/content/:containerId`. */
export const contentPath = (containerId: string) => `/v1/content/${segment('containerId', containerId)}`;

/** `/v1/content/:containerId/assets/:assetId`. */
export const assetPath = (containerId: string, assetId: string) => `${contentPath(containerId)}/assets/${segment('assetId', assetId)}`;

/** `/v1/jobs/:jobId`. */
export const jobPath = (jobId: string) => `/v1/jobs/${segment('jobId', jobId)}`;

/** `/v1/projects/:projectId/content`. */
export const projectContentPath = (projectId: string) => `/v1/projects/${segment('projectId', projectId)}/content`;

/** Encodes one path segment; refuses an id that could reach another route. @throws LayersError `INVALID_INPUT` */
function segment(name: string, value: string): string {
  try {
    if (typeof value === 'string' && value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded, and no id has one.
  }
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: ${name} is ${JSON.stringify(value) ?? 'missing'}, so nothing was asked. Pass an id as the API gave it.`,
    details: { path: name, value },
  });
}
