import { expect, it } from 'vitest';
import { restoreCommand } from './restore-command.ts';

const ID = 'b1946ac9';

it('says everything that the options file could say otherwise', () => {
  expect(restoreCommand(ID, '/dev/sdb1', { source: ID })).toBe(
    `stillframe restore image ${ID} /dev/sdb1 -freespace=skip -verifyimage=yes`,
  );
});

it('quotes names for the shell', () => {
  const request = { source: ID, toFile: true, freeSpace: 'zero', verify: false } as const;
  expect(restoreCommand(ID, "/srv/Anna's disk $(x).img", request)).toBe(
    `stillframe restore image ${ID} '/srv/Anna'\\''s disk $(x).img' -imagetofile -freespace=zero -verifyimage=no`,
  );
});
