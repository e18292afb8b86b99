import { describe, expect, test } from 'vitest';
import { containerName } from '../../src/model/containerName.js';
import { parseContainer, parseContainerPage } from '../../src/model/index.js';

const id = 'cnt_1';

describe('the name of a container', () => {
  test.each([
    [{ hook: 'Hook', brief: { hook: 'Brief', topic: 'Topic' }, caption: 'Caption' }, 'Hook'],
    [{ brief: { hook: 'Brief', topic: 'Topic' }, caption: 'Caption' }, 'Brief'],
    [{ hook: ' \n', brief: { topic: 'Topic' }, caption: 'Caption' }, 'Topic'],
    [{ brief: { hook: 7, topic: { a: 1 } }, caption: 'Caption' }, 'Caption'],
    [{ captions: [{ platform: 'tiktok', text: 'First\n\n line' }] }, 'First line'],
    [{}, null],
  ])('is its hook, the hook of its brief, its topic, its caption, in this order: %j', (body, name) => {
    expect(containerName(parseContainer({ id, ...body }))).toBe(name);
    expect(containerName(parseContainerPage({ items: [{ id, ...body }] }).containers[0] as never)).toBe(name);
  });
});
