import type { Query } from '@tanstack/react-query';
import { bareRow, isEntry, recordFrom } from '../entries/entry.js';
import { entryFrom } from '../entries/makeEntry.js';
import { agreedOf } from './agreed.js';

type Fields = Record<string, unknown>;

const row = bareRow('', { status: 'unknown', rawStatus: '', updatedAt: null });
const record: Fields = { ...recordFrom(row) };
const entry: Fields = { ...entryFrom(row, 0) };
/** What was looked at and is usable: data of ours is plain JSON, and isn't changed. */
const checked = new WeakSet<object>();

/** Whether the data of a query has the shape that this version expects. What a persister or the host has kept for longer may have another. */
export function isUsable({ queryKey: [, , what], state: { data } }: Pick<Query, 'queryKey' | 'state'>): boolean {
  if (data === undefined) return true;
  if (!isFields(data)) return false;
  if (checked.has(data)) return true;
  const fitsKind = what === 'container' ? isContainer : what === 'list' ? isList : what === 'job' ? isJob : isAsset;
  const isGood = fitsKind(data);
  if (isGood) checked.add(data);
  return isGood;
}

/** Takes away data of another shape, so that it is read: back to what this page knew before, if it did. */
export function dropData(query: Query): void {
  const data = agreedOf(query);
  query.setState(data === undefined ? { data, dataUpdatedAt: 0, status: 'pending', isInvalidated: false } : { data });
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** An entry is ours and whole; a container or a progress may be the host's, who leaves out what they don't know. */
function isContainer(data: Fields): boolean {
  if (!isText(data['id'] ?? data['containerId']) || !isText(data['status'])) return false;
  const isOurs = isEntry(data);
  return fits(data, isOurs ? entry : record, isOurs) && hasShowable(data);
}

const isAsset = ({ url }: Fields): boolean => url === null || isText(url);

const isJob = (data: Fields): boolean => isText(data['jobId']) && isText(data['status']) && Array.isArray(data['containerIds']);

function isList(data: Fields): boolean {
  const { containers, newer = [], invalid = [], stays = [] } = data;
  if (![containers, newer, invalid, stays].every(Array.isArray)) return false;
  return [...(containers as unknown[]), ...(newer as unknown[])].every(
    (each) => isFields(each) && isText(each['id']) && isText(each['status']) && fits(each, record, false) && hasShowable(each),
  );
}

/** Whether fields have the types of a sample; `isWhole`: none is missing. What is `null` in the sample can be anything. */
function fits(data: Fields, sample: Fields, isWhole: boolean): boolean {
  return Object.entries(sample).every(([name, like]) => {
    const value = data[name];
    if (!(name in data)) return !isWhole || like === undefined;
    if (Array.isArray(like)) return Array.isArray(value);
    if (isFields(like)) return isFields(value) && fits(value, like, true);
    return !isText(like) || isText(value);
  });
}

/** Whether what components draw, where there is any, has what they look at. */
function hasShowable({ preview, lastError, platformFit, hook, caption }: Fields): boolean {
  const isPreview = isAbsent(preview) || (isFields(preview) && isText(preview['kind']) && Array.isArray(preview['imageUrls']));
  const isFit = (each: unknown) => isFields(each) && isText(each['platform']) && Array.isArray(each['issues']);
  const areFits = isAbsent(platformFit) || (Array.isArray(platformFit) && platformFit.every(isFit));
  const isError = isAbsent(lastError) || isFields(lastError);
  return isPreview && areFits && isError && [hook, caption].every((text) => isAbsent(text) || isText(text));
}
