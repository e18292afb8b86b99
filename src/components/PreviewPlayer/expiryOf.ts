import type { Container, ContainerSummary } from '../../model/container.js';
import { addressesOf, fileOf } from './mediaFile.js';

/** When the first of the addresses that a container is drawn from expires, as sent; `null`: nobody says. */
export function expiryOf({ preview, assets = [] }: ContainerSummary & Partial<Pick<Container, 'assets'>>): string | null {
  const dated = assets.filter(({ url, expiresAt }) => url !== null && expiresAt !== undefined);
  if (dated.length === 0) return null;
  const files = new Set(addressesOf(preview).map(fileOf));
  const dates = dated.filter(({ url }) => files.has(fileOf(url ?? ''))).map(({ expiresAt }) => expiresAt ?? '');
  return dates.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
}
