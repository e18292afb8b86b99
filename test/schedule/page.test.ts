import { describe, expect, test, vi } from 'vitest';
import { Page } from '../../src/schedule/page.js';

function create() {
  const changed = vi.fn();
  return { page: new Page(changed), changed };
}

describe('on screen', () => {
  test('is everything of which nobody has said otherwise', () => {
    expect(create().page.isOnScreen('a')).toBe(true);
  });

  test('is what any component that shows it says to be', () => {
    const { page } = create();
    const [card, bar] = [{}, {}];
    page.show('a', card, false);
    expect(page.isOnScreen('a')).toBe(false);
    page.show('a', bar, true);
    expect(page.isOnScreen('a')).toBe(true);
    page.show('a', bar, false);
    expect(page.isOnScreen('a')).toBe(false);
    expect(page.isOnScreen('b')).toBe(true);
  });

  test('what a component said goes with it, and nothing is said any more once the last has gone', () => {
    const { page } = create();
    const leaveCard = page.show('a', {}, false);
    const leaveBar = page.show('a', {}, true);
    leaveBar();
    expect(page.isOnScreen('a')).toBe(false);
    leaveCard();
    expect(page.isOnScreen('a')).toBe(true);
  });

  test('what was withdrawn once is not withdrawn again from those who came later', () => {
    const { page } = create();
    const leave = page.show('a', {}, false);
    leave();
    page.show('a', {}, false);
    leave();
    expect(page.isOnScreen('a')).toBe(false);
  });

  test('a change is told, what changes nothing is not', () => {
    const { page, changed } = create();
    const [card, bar] = [{}, {}];
    page.show('a', card, true);
    expect(changed).not.toHaveBeenCalled();
    page.show('a', card, false);
    expect(changed).toHaveBeenCalledTimes(1);
    page.show('a', bar, false);
    expect(changed).toHaveBeenCalledTimes(1);
    page.show('a', bar, true);
    expect(changed.mock.calls).toEqual([['container'], ['container']]);
  });
});

describe('seen', () => {
  test('is a page where there is no document, and as the host says where it does', () => {
    const { page, changed } = create();
    expect(page.isVisible).toBe(true);
    page.override(false);
    expect(page.isVisible).toBe(false);
    page.override(null);
    expect(page.isVisible).toBe(true);
    expect(changed.mock.calls).toEqual([['page'], ['shown']]);
  });

  test('and online where nothing says otherwise', () => {
    expect(create().page.isOnline).toBe(true);
  });

  test('listening and closing do nothing where there is no page', () => {
    const { page } = create();
    page.listen();
    page.close();
    expect(page.isVisible).toBe(true);
  });
});

describe('an end that is awaited', () => {
  test('is awaited until the last who does lets go', () => {
    const { page } = create();
    const [one, other] = [page.awaitEnd('a'), page.awaitEnd('a')];
    expect([page.isAwaited('a'), page.isAwaited('b'), page.isAnythingAwaited]).toEqual([true, false, true]);
    one();
    expect(page.isAwaited('a')).toBe(true);
    other();
    expect([page.isAwaited('a'), page.isAnythingAwaited]).toEqual([false, false]);
  });

  test('whoever lets go twice does not let go for another', () => {
    const { page } = create();
    const one = page.awaitEnd('a');
    page.awaitEnd('a');
    one();
    one();
    expect(page.isAwaited('a')).toBe(true);
  });

  test('changes something only while the page is hidden', () => {
    const { page, changed } = create();
    page.awaitEnd('a');
    expect(changed).not.toHaveBeenCalled();
    page.override(false);
    changed.mockClear();
    page.awaitEnd('b')();
    expect(changed.mock.calls).toEqual([['container'], ['container']]);
  });
});
