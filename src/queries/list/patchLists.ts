import type { QueryClient } from '@tanstack/react-query';
import type { ContainerSummary } from '../../model/container.js';
export type RowPatch = (row: ContainerSummary) => ContainerSummary;
export function patchLists(_q: QueryClient, _scope: string, _patches: ReadonlyMap<string, RowPatch>): void {}
