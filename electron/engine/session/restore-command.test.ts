import { expect, it } from 'vitest';
import { restoreCommand } from './restore-command.ts';

const ID = 'b1946ac9';

const PLAIN = { toFile: false, freeSpace: 'skip', verify: true, allowSmaller: false } as const;

it('says everything that the options file could say otherwise', () => {
  expect(restoreCommand(ID, '/dev/sdb1', PLAIN)).toBe(
    `stillframe restore image ${ID} /dev/sdb1 -freespace=skip -verifyimage=yes`,
  );
});

it('quotes names for the shell', () => {
  const request = { ...PLAIN, toFile: true, freeSpace: 'zero', verify: false } as const;
  expect(restoreCommand(ID, "/srv/Anna's disk $(x).img", request)).toBe(
    `stillframe restore image ${ID} '/srv/Anna'\\''s disk $(x).img' -imagetofile -freespace=zero -verifyimage=no`,
  );
});
