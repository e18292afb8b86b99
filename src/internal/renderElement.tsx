import {
  type ComponentPropsWithoutRef,
  type CSSProperties,
  cloneElement,
  createElement,
  isValidElement,
  type ReactElement,
  type Ref,
  version,
} from 'react';

/** `style` that also takes this library's variables: `{ '--layers-accent': 'rebeccapurple' }`. */
export type LayersStyle = CSSProperties & { [name: `--layers-${string}`]: string | number | undefined };

/** Attributes that a root element is given. */
export type RootAttributes = Record<string, unknown>;

/** What every component takes for its root element, beside the attributes of that element. */
export interface RootProps<State> {
  /** Class names after the component's own, or a function of its state. */
  className?: string | ((state: State) => string | undefined) | undefined;
  /** Inline style, or a function of the component's state. */
  style?: LayersStyle | ((state: State) => LayersStyle | undefined) | undefined;
  /** Another root element: an element that is given the props, or a function of the props and the component's state. */
  render?: ReactElement | ((props: RootAttributes, state: State) => ReactElement) | undefined;
}

/** The props of an element whose root can be styled and replaced by state. */
export type ElementProps<Tag extends 'article' | 'div' | 'span', State> = Omit<
  ComponentPropsWithoutRef<Tag>,
  keyof RootProps<State> | 'children' | 'dangerouslySetInnerHTML'
> &
  RootProps<State>;

interface RootOptions<State> {
  /** The class name that is always there. */
  name: string;
  /** Written as `data-*` attributes: strings and numbers as values, `true` as presence. */
  state: State;
  ref: Ref<never> | undefined;
  /** What the component sets itself; the caller's props win. */
  own?: RootAttributes;
  /** The caller's props, without those that the component has taken out. */
  props: RootProps<State> & RootAttributes;
}

/** Draws a component's one root element: merges class names, style and refs, writes the state as attributes and honours `render`. */
export function renderElement<State extends object>(tag: string, { name, state, ref, own, props }: RootOptions<State>): ReactElement {
  const { className, style, render, ...rest } = props;
  const attributes: RootAttributes = {
    ...stateAttributes(state),
    ...own,
    ...rest,
    className: join(name, typeof className === 'function' ? className(state) : className),
    style: typeof style === 'function' ? style(state) : style,
    ref,
  };
  if (typeof render === 'function') return render(attributes, state);
  if (!isValidElement<RootAttributes>(render)) return createElement(tag, attributes);
  return cloneElement(render, {
    ...attributes,
    ...definedProps(render.props),
    className: join(attributes.className as string, render.props.className as string | undefined),
    style: render.props.style ? { ...(attributes.style as LayersStyle), ...(render.props.style as LayersStyle) } : attributes.style,
    children: attributes.children ?? render.props.children,
    ref: mergeRefs(ref, refOf(render)),
  });
}

const merged = new WeakMap<object, WeakMap<object, Ref<never>>>();

/** One ref for two. The same two give the same one, so that React does not detach and attach it at every render. */
export function mergeRefs<T>(first: Ref<T> | undefined, second: Ref<T> | undefined): Ref<T> | undefined {
  if (!first || !second) return first ?? second;
  const known = merged.get(first)?.get(second);
  if (known) return known as Ref<T>;
  const both = (node: T | null) => {
    const cleanups = [attach(first, node), attach(second, node)];
    // React 18 warns of a ref that returns anything, so a cleanup is returned only where a caller gave one (React 19).
    if (!cleanups.some((cleanup) => typeof cleanup === 'function')) return;
    return () => {
      for (const [index, cleanup] of cleanups.entries()) {
        if (typeof cleanup === 'function') cleanup();
        else attach(index === 0 ? first : second, null);
      }
    };
  };
  const seconds = merged.get(first) ?? new WeakMap<object, Ref<never>>();
  merged.set(first, seconds.set(second, both as Ref<never>));
  return both;
}

function attach<T>(ref: Ref<T>, node: T | null) {
  if (typeof ref === 'function') return ref(node);
  if (ref) ref.current = node;
  return undefined;
}

function refOf(element: ReactElement): Ref<never> | undefined {
  // Each version warns when the other's place is read.
  const holder = (Number.parseInt(version, 10) >= 19 ? element.props : element) as { ref?: Ref<never> };
  return holder.ref;
}

function stateAttributes(state: object): RootAttributes {
  const attributes: RootAttributes = {};
  for (const [key, value] of Object.entries(state) as [string, unknown][]) {
    if (value === undefined || value === null || value === false) continue;
    attributes[`data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`] = value === true ? '' : value;
  }
  return attributes;
}

function definedProps(props: RootAttributes): RootAttributes {
  return Object.fromEntries(Object.entries(props).filter(([key, value]) => key !== 'ref' && value !== undefined));
}

function join(...names: (string | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
