import type { UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';

/**
 * TanStack Query's options of a read hook. `select` receives the hook's normal `data`; `staleTime` is `Infinity` by default, because the scheduler keeps
 * mounted data current.
 */
export interface ReadHookOptions<Data, Selected = Data>
  extends Pick<UseQueryOptions<unknown, LayersError, Selected, readonly unknown[]>, 'gcTime' | 'throwOnError'> {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /** Milliseconds after which a mount refetches. @default Infinity */
  staleTime?: number | undefined;
  /** Returned as `data` until there is any; not cached. A default of the `QueryClient` (`keepPreviousData`, say) isn't used: it would show one container as another. */
  placeholderData?: Data | ((previous: Data | undefined) => Data | undefined) | undefined;
  /** Transforms or selects a part of the data. Pass a stable function: an inline one runs with each render. */
  select?: ((data: Data) => Selected) | undefined;
}
