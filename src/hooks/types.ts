import type { UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';

/**
 * TanStack Query's options that a read hook takes as they are. `select` is given what the hook gives without it; `staleTime` is infinite by default, because
 * the scheduler keeps what is followed current.
 */
export interface ReadHookOptions<Data, Selected = Data>
  extends Pick<UseQueryOptions<unknown, LayersError, Selected, readonly unknown[]>, 'gcTime' | 'throwOnError'> {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /** Milliseconds after which a mount reads it again. @default Infinity */
  staleTime?: number | undefined;
  /** Shown until there is data; it is not kept. */
  placeholderData?: Data | ((previous: Data | undefined) => Data | undefined) | undefined;
  /** Another view of the data. Give it a stable function: an inline one runs at each render. */
  select?: ((data: Data) => Selected) | undefined;
}
