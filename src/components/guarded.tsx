'use client';
import {
  Component,
  type ForwardedRef,
  type ForwardRefRenderFunction,
  forwardRef,
  isValidElement,
  type ReactNode,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';
import { type LayersStyle, renderElement } from '../internal/renderElement.js';
import { isLayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { LayersContext, type LayersContextValue } from '../provider/LayersContext.js';
import { useWords } from '../provider/MessagesContext.js';
import { commonEnglish } from './words.js';

/** How a component looks while it can't be drawn. */
interface BrokenLook {
  tag: 'div' | 'span' | 'article';
  /** Its attributes, beside `data-state="broken"`. */
  state?: object;
  /** Where its words stand. @default in the root element */
  draw?: (words: ReactNode) => ReactNode;
}

/**
 * A component with an error boundary of its own: where anything in it throws while it is drawn, it says so quietly in its own place. It tries again with the
 * next data, up to three times without, and when somebody asks for it. The host's page stays. Misuse that a developer has to mend (`INVALID_INPUT`, as without
 * a provider) is thrown on, and so is what is no error.
 */
export function guarded<Root, Props extends object>(
  name: string,
  look: BrokenLook,
  draw: (props: Props, ref: ForwardedRef<Root>) => ReactNode,
): ForwardRefExoticComponent<Props & RefAttributes<Root>> {
  const Inner = forwardRef(draw as ForwardRefRenderFunction<Root, object>);
  Inner.displayName = name;
  const Guarded = forwardRef<Root, object>((props, ref) => (
    <Guard name={name} look={look} given={props}>
      <Inner {...props} ref={ref} />
    </Guard>
  ));
  Guarded.displayName = `Guarded(${name})`;
  return Guarded as ForwardRefExoticComponent<Props & RefAttributes<Root>>;
}

/** After so many milliseconds each it is tried again without news: what an extension has changed in the page is drawn anew. */
const RETRIES_MS = [1_000, 5_000, 30_000];

interface GuardProps {
  name: string;
  look: BrokenLook;
  given: object;
  children: ReactNode;
}

interface GuardState {
  /** What was thrown; `null`: nothing. */
  thrown: { error: unknown } | null;
  /** What the component was given then; `null`: not known yet. */
  given: object | null;
}

class Guard extends Component<GuardProps, GuardState> {
  static override contextType = LayersContext;
  declare context: LayersContextValue | null;
  override state: GuardState = { thrown: null, given: null };
  #stop: (() => void) | undefined;
  /** The host knows, until it was drawn again. */
  #isReported = false;
  #isHidden = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** How often it was tried without news. */
  #retries = 0;

  static getDerivedStateFromError(error: unknown): GuardState {
    return { thrown: { error }, given: null };
  }

  static getDerivedStateFromProps({ given }: GuardProps, state: GuardState): GuardState | null {
    if (state.thrown === null) return null;
    if (state.given === null) return { ...state, given };
    return isSameData(state.given, given) ? null : { thrown: null, given: null };
  }

  override componentDidCatch(error: unknown): void {
    // The console hears it from React.
    if (!this.#isReported) this.context?.report(error, this.props.name);
    this.#isReported = true;
    this.#rest();
    this.#stop = this.context?.queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.state.status !== 'success' || !isAbout(query.queryKey, this.props.given)) return;
      this.#retries = 0;
      this.#tryAgain();
    });
    if (this.#retries === RETRIES_MS.length) return;
    this.#retry = setTimeout(this.#tryAgain, RETRIES_MS[this.#retries]);
    this.#retries += 1;
  }

  override componentDidMount(): void {
    // Shown again after the host had hidden it (`<Activity>`): what came meanwhile was not heard.
    if (this.#isHidden && this.state.thrown !== null) this.#tryAgain();
    this.#isHidden = false;
  }

  override componentDidUpdate({ given }: GuardProps): void {
    if (!isSameData(given, this.props.given)) this.#retries = 0;
    if (this.state.thrown === null) this.#isReported = false;
  }

  override componentWillUnmount(): void {
    this.#isHidden = true;
    this.#rest();
  }

  readonly #tryAgain = (): void => {
    this.#rest();
    this.setState({ thrown: null, given: null });
  };

  /** Waits for nothing any more. */
  #rest(): void {
    this.#stop?.();
    clearTimeout(this.#retry);
  }

  override render(): ReactNode {
    const { thrown } = this.state;
    if (thrown === null) return this.props.children;
    if (isForHost(thrown.error)) throw thrown.error;
    return <Broken {...this.props} onRetry={this.#tryAgain} />;
  }
}

function Broken({ name, look, given, onRetry }: Omit<GuardProps, 'children'> & { onRetry: () => void }) {
  const { messages } = useWords(commonEnglish);
  const { className, style } = given as { className?: unknown; style?: unknown };
  const words =
    look.tag === 'span' ? (
      <span data-part="broken">{messages.unavailable}</span>
    ) : (
      <span data-part="broken">
        <span>{messages.broken}</span>
        <button type="button" data-part="retry" onClick={onRetry}>
          {messages.tryAgain}
        </button>
      </span>
    );
  return renderElement(look.tag, {
    name: `layers-${name}`,
    state: { ...look.state, state: 'broken' },
    ref: undefined,
    own: { children: look.draw ? look.draw(words) : words },
    props: {
      className: typeof className === 'string' ? className : undefined,
      style: typeof style === 'object' ? (style as LayersStyle) : undefined,
    },
  });
}

/** Whether it is the host's to catch: misuse, or what its framework throws in order to go elsewhere (Next.js's `redirect()` in a part of the host's own). */
function isForHost(thrown: unknown): boolean {
  // Not `instanceof`: what is drawn into a frame or a popup throws errors of that window.
  if (!('message' in Object(thrown))) return true;
  if (isLayersError(thrown)) return thrown.code === 'INVALID_INPUT';
  return String((thrown as { digest?: unknown }).digest).startsWith('NEXT_');
}

/** Whether a component is given the same data: functions, elements and looks are new at every render of many hosts. */
function isSameData(before: object, after: object): boolean {
  const dataOf = (props: object) =>
    Object.entries(props).filter(([name, value]) => name !== 'style' && typeof value !== 'function' && !isValidElement(value));
  const known = new Map(dataOf(before));
  const now = dataOf(after);
  return now.length === known.size && now.every(([name, value]) => Object.is(known.get(name), value));
}

/** Whether a query is about what a component shows. */
function isAbout(queryKey: readonly unknown[], given: object): boolean {
  const { containerId, container, projectId } = given as {
    containerId?: unknown;
    container?: { id?: unknown } | null;
    projectId?: unknown;
  };
  const id = containerId ?? container?.id;
  const key = typeof id === 'string' ? containerKey(id) : projectId;
  return key !== undefined && queryKey.includes(key);
}
