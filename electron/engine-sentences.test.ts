import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AREAS } from '../renderer/i18n/sentences/de/index.ts';
import { sentenceTable } from '../renderer/i18n/sentences/sentence-table.ts';
import { isUnderstood, translateWith } from '../renderer/i18n/sentences/translate.ts';
import { engineTexts } from './engine-sentences.ts';

const top = resolve(import.meta.dirname, '..');
const table = sentenceTable(AREAS);

/** Folders and files none of whose texts reach the window as they are, with the reason. */
const SILENT_PLACES: Readonly<Record<string, string>> = {
  'electron/contract/menu-labels.ts': 'has its own German',
  'electron/contract/message-catalogue/': 'has its own German',
  'electron/engine/activity/run-log-schema.ts': 'is SQL',
  'electron/engine/activity/run-log-store.ts': 'is SQL',
  'electron/engine/policy/options-document.ts': 'writes docs/options.md',
  'electron/engine/policy/table/': 'is help of the command line; the window has its own',
  'electron/engine/repository/backends/conformance.ts': 'is for tests',
  'electron/engine/repository/restic-oracle.ts': 'is for tests',
  'electron/engine/snapshots/conformance': 'is for tests',
  'electron/engine/schedules/cron-text.ts': 'writes comments of a crontab',
  'electron/engine/schedules/unit-text.ts': 'writes unit files',
  'electron/engine/testing/': 'is for tests',
  'electron/engine/volumes/fixtures/': 'is for tests',
  'electron/engine/volumes/partitions/sfdisk-script.ts': 'writes comments of a script',
};

/** Single texts that do not reach the window as they are, with the reason. */
const SILENT_TEXTS: Readonly<Record<string, string>> = {
  '* Set in the Preferences editor': 'is written into the options file',
  'Back up the volumes that match with this management class and these options.': 'is help of the command line',
  'Do not back up the volumes that match.': 'is help of the command line',
  'stillframe check{0}': 'is a command',
  'cryptsetup open DEVICE NAME': 'is a command',
  'cryptsetup open --type bitlk DEVICE NAME': 'is a command',
  'cryptsetup open --type fvault2 DEVICE NAME': 'is a command',
  'bluestore block device': 'is a mark on a disk',
};

/** Texts of which a part is chosen where they are written: what becomes of them. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  'Phase: {0}.': [
    ...['plan', 'lock', 'snapshot', 'read', 'store', 'verify', 'write', 'index', 'release'],
    ...['expire', 'repack', 'delete'],
  ].map((phase) => `Phase: ${phase}.`),
  'Only what changed since the image of {0} UTC is read{1}.': [
    'Only what changed since the image of 2026-11-21 12:00 UTC is read.',
    'Only what changed since the image of 2026-11-21 12:00 UTC is read, and a sample of the rest.',
  ],
  '“{0}” could be {1}': ['“image” could be imagegapsize or imagetype', '“a” could be ab or ac or ad'],
  'took longer than {0} seconds (snapshotcmdtimelimit){1}': [
    'took longer than 30 seconds (snapshotcmdtimelimit) and was ended',
    'took longer than 30 seconds (snapshotcmdtimelimit) and cannot be ended',
  ],
  ' and cannot be ended': [],
  ' and was ended': [],
  'in any of {0} tries': [],
  '{0} was not without writes for {1} ms {2}.': [
    '/dev/sdb was not without writes for 500 ms in the one try.',
    '/dev/sdb was not without writes for 500 ms in any of 3 tries.',
  ],
  '{0} is open{1} in {2} (pid {3}).': [
    '/mnt/my disk.img is open in cat (pid 17).',
    'The file beneath /dev/loop3 is open for writing in cat (pid 17).',
  ],
  'The {0} at byte {1} names': [],
  '{0} more blocks of the {1} than the volume has room for.': [
    'The block of the extent tree at byte 4096 names more blocks of the extent tree than the volume has room for.',
  ],
  '{0} a block of the {1} at logical address {2}, which is in no chunk.': [
    'The superblock at byte 4096 names a block of the chunk tree at logical address 123, which is in no chunk.',
  ],
  'The chain of clusters of the {0} {1}.': [
    'The chain of clusters of the root directory comes back to itself.',
    'The chain of clusters of the root directory leads to 17, which is no cluster.',
  ],
  'The {0} {1}.': ['The free space header (AGF) of allocation group 3 has a wrong checksum.'],
  'holds other free runs than the tree by block (bnobt)': [
    'The free space tree by size (cntbt) of allocation group 3 holds other free runs than the tree by block (bnobt) (block 1 of the group).',
  ],
  'has a free run {0}': [
    'The free space tree (bnobt) of allocation group 3 has a free run over the log (block 1 of the group).',
    'The free space tree (bnobt) of allocation group 3 has 5 free blocks, at most 2 in a row, but its header (AGF) says 6 and 2 (block 1 of the group).',
  ],
  '{0} ({1}).': [
    'The metadata of its thin pool needs a check (vg/pool).',
    'Its thin pool has no space left (vg/pool).',
    'Its thin pool has become read-only (vg/pool).',
    'Its thin pool does not say that it takes writes (vg/pool).',
  ],
  'The snapshot {0} {1} was removed.': [
    'The snapshot /dev/vg/snap that a stopped run had left was removed.',
    'The snapshot /dev/vg/snap that no image refers to was removed.',
  ],
};

const files = ['electron/engine', 'electron/contract']
  .flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map(({ parentPath, name }) => relative(top, join(parentPath, name))),
  )
  .toSorted();
const isSilent = (file: string): boolean => Object.keys(SILENT_PLACES).some((place) => file.startsWith(place));
const texts = files
  .filter((file) => !isSilent(file))
  .flatMap((file) =>
    engineTexts(file, readFileSync(join(top, file), 'utf8')).map(({ line, text }) => ({
      place: `${file}:${line}`,
      text,
    })),
  );

/** Stand-ins for what is put in: a number fits every value, and a part must be one that the engine says. */
const STAND_INS = ['7', 'root directory', 'superblock'];

/** Understood, and no word of the template was taken for a value. */
function isKnown(template: string): boolean {
  return STAND_INS.some((standIn) => {
    const values: string[] = [];
    const pieces = translateWith(table, template.replaceAll(/\{\d\}/g, standIn), (value) => {
      values.push(value.replaceAll(standIn, ''));
      return value;
    });
    return isUnderstood(pieces) && values.every((value) => !/[a-z]{2}/.test(value));
  });
}

describe('German', () => {
  it('has every sentence of the engine', () => {
    const unknown = texts.filter(({ text }) => !(text in SILENT_TEXTS || text in COMPOSED || isKnown(text)));
    expect(unknown.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
  });

  it.each(Object.values(COMPOSED).flat())('has %j', (text) =>
    expect(isUnderstood(translateWith(table, text))).toBe(true),
  );

  it('is excused from nothing that is gone', () => {
    const said = new Set(texts.map(({ text }) => text));
    expect([...Object.keys(SILENT_TEXTS), ...Object.keys(COMPOSED)].filter((text) => !said.has(text))).toEqual([]);
    expect(Object.keys(SILENT_PLACES).filter((place) => !files.some((file) => file.startsWith(place)))).toEqual([]);
  });

  it('says each thing in one place', () => {
    const all = AREAS.flatMap((area) => Object.keys(area));
    expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
  });

  it('puts in what the English has', () => {
    const slotsOf = (text: string): string[] =>
      [...text.matchAll(/[{<]#?(\d)[}>]/g)].map(([, number = '']) => number).toSorted();
    const wrong = AREAS.flatMap((area) => Object.entries(area)).filter(
      ([english, german]) => slotsOf(english).join() !== slotsOf(german).join(),
    );
    expect(wrong).toEqual([]);
  });
});
