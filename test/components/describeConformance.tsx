import { type ComponentType, createRef, type ReactElement, type Ref } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { RootAttributes, RootProps } from '../../src/internal/renderElement.js';

type AnyProps = RootProps<Record<string, unknown>> & { ref?: Ref<never>; id?: string; title?: string; 'data-custom'?: string };

/** What every component owes its root element: spread, ref, className, style, render. */
export function describeConformance(name: string, element: ReactElement<object>): void {
  const Component = element.type as ComponentType<AnyProps>;
  const root = async (props: AnyProps) => {
    const screen = await render(<Component {...element.props} {...props} />);
    const node = screen.container.firstElementChild;
    if (!(node instanceof HTMLElement)) throw new Error(`${name} drew no element.`);
    return { node, screen };
  };

  describe(`${name}: the root element`, () => {
    it('takes unknown props', async () => {
      const { node } = await root({ id: 'mine', title: 'Mine', 'data-custom': 'yes' });
      expect(node.id).toBe('mine');
      expect(node.title).toBe('Mine');
      expect(node.dataset.custom).toBe('yes');
    });

    it('is what a ref object gets', async () => {
      const ref = createRef<HTMLElement>();
      const { node } = await root({ ref: ref as Ref<never> });
      expect(ref.current).toBe(node);
    });

    it('is given to a ref function once, and taken back once', async () => {
      const ref = vi.fn();
      const { node, screen } = await root({ ref });
      await screen.rerender(<Component {...element.props} ref={ref as Ref<never>} title="Again" />);
      expect(ref.mock.calls.map(([value]) => value)).toEqual([node]);
      await screen.unmount();
      expect(ref.mock.calls.map(([value]) => value)).toEqual([node, null]);
    });

    it('keeps its own class name beside a given one', async () => {
      const { node } = await root({ className: 'mine' });
      expect(node.classList.contains(`layers-${name}`)).toBe(true);
      expect(node.classList.contains('mine')).toBe(true);
    });

    it('takes a className function of its state', async () => {
      const { node } = await root({ className: (state) => `mine-${String(state.state)}` });
      expect(node.classList.contains(`mine-${node.dataset.state}`)).toBe(true);
    });

    it('takes a style, and a style function of its state', async () => {
      const first = await root({ style: { opacity: 0.5 } });
      expect(first.node.style.opacity).toBe('0.5');
      await first.screen.unmount();
      const second = await root({ style: ({ state }) => ({ '--layers-accent': `var(--${String(state)})` }) });
      expect(second.node.style.getPropertyValue('--layers-accent')).toBe(`var(--${second.node.dataset.state})`);
    });

    it('can be another element, which keeps its own ref, class name and style', async () => {
      const outer = createRef<HTMLElement>();
      const inner = createRef<HTMLElement>();
      const { node } = await root({
        ref: outer as Ref<never>,
        className: 'outer',
        render: <section ref={inner} className="inner" style={{ opacity: 0.5 }} aria-label="Mine" />,
      });
      expect(node.tagName).toBe('SECTION');
      expect(node.className).toBe(`layers-${name} outer inner`);
      expect(node.style.opacity).toBe('0.5');
      expect(node.dataset.state).toBeTruthy();
      expect(node.childElementCount).toBeGreaterThan(0);
      expect(outer.current).toBe(node);
      expect(inner.current).toBe(node);
    });

    it('can be drawn by a function of its props and state', async () => {
      const draw = vi.fn((props: RootAttributes, state: Record<string, unknown>) => <section {...props} data-seen={String(state.state)} />);
      const { node } = await root({ render: draw });
      expect(node.tagName).toBe('SECTION');
      expect(node.dataset.seen).toBe(node.dataset.state);
    });
  });
}
