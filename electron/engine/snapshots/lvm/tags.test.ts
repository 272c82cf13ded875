import { expect, test } from 'vitest';
import { ownIdentity } from '../../volumes/process-identity.ts';
import { keeperOf, keeperTag, OUR_TAG, ownerOf, ownerTag, runTag } from './tags.ts';

test('a process is found again in its tag, which LVM accepts', async () => {
  const identity = await ownIdentity();
  const tags = [OUR_TAG, runTag('0123456789abcdef'), ownerTag(identity), keeperTag('fedcba9876543210')];
  for (const tag of tags) expect(tag).toMatch(/^[A-Za-z0-9_+.\-/=!:&#]{1,128}$/);
  expect(ownerOf(tags)).toEqual(identity);
  expect(keeperOf(tags)).toBe('fedcba9876543210');
});

test('nobody owns what is not tagged, or strangely', () => {
  for (const tag of [
    'stillframe',
    'stillframe.owner=',
    'stillframe.owner=1:2',
    'stillframe.owner=x:1:a-b:3',
    'other',
  ]) {
    expect(ownerOf([tag])).toBe(undefined);
    expect(keeperOf([tag])).toBe(undefined);
  }
});

test('an unknown process namespace stays unknown, so that its process counts as alive', () => {
  const tag = ownerTag({ pid: 1, startTicks: '2', bootId: 'ab-cd', pidNamespace: 'strange' });
  expect(ownerOf([tag])?.pidNamespace).toBe('pid:[]');
});
