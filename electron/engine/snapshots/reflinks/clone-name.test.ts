import { expect, test } from 'vitest';
import { ownIdentity } from '../../volumes/process-identity.ts';
import { fileNameOf, keptName, readCloneName, takenName } from './clone-name.ts';

const RUN = '0123456789abcdef';

test('a name tells its owner, and its keeper once it is kept', async () => {
  const owner = await ownIdentity();
  const taken = takenName(RUN, owner, 42n);
  expect(taken.startsWith(`stillframe_${RUN}_`)).toBe(true);
  expect(await readCloneName(fileNameOf(taken))).toEqual({ name: taken, owner });
  const kept = keptName(taken, 'fedcba9876543210');
  expect(await readCloneName(fileNameOf(kept))).toEqual({ name: kept, owner, keeper: 'fedcba9876543210' });
});

test('an owner of another boot or process namespace stays one', async () => {
  const owner = { ...(await ownIdentity()), bootId: '00000000-1111-2222-3333-444444444444', pidNamespace: 'pid:[1]' };
  const read = await readCloneName(fileNameOf(takenName(RUN, owner, 1n)));
  expect(read?.owner).toEqual({ ...owner, bootId: '00000000' });
});

test.each([
  'stillframe_0123456789abcdef_1-2-00000000-3_4.clone',
  '.stillframe_0123456789abcdef_1-2-00000000-3_4.clone.bak',
  '.stillframe_0123456789abcdef_1-2-00000000-3.clone',
  '.stillframe_0123456789ABCDEF_1-2-00000000-3_4.clone',
  '.stillframe_0123456789abcdef_0-2-00000000-3_4.clone',
  '.stillframe_0123456789abcdef_keep-a_b_1-2-00000000-3_4.clone',
  '.stillframe_0123456789abcdef_keep-a_4.clone',
  '.stillframe_notes.clone',
])('%s is none of ours', async (name) => {
  expect(await readCloneName(name)).toBeUndefined();
});

test('what is no name of a run cannot be kept', () => {
  expect(() => keptName('stillframe_x', 'keeper')).toThrow(RangeError);
  expect(() => keptName(`stillframe_${RUN}_1-2-00000000-3_4`, 'a_b')).toThrow(RangeError);
  expect(() => keptName(`stillframe_${RUN}_keep-a_1-2-00000000-3_4`, 'b')).toThrow(RangeError);
});
