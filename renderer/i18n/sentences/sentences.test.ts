import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { speak } from '../language.ts';
import { matchTemplate, parseTemplate } from './sentence-template.ts';
import { sentencePieces, translateSentence } from './sentences.ts';

/** As much of a browser as the language needs. */
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await speak('de');
});

afterAll(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

it.each([
  ['a value', '/dev/sdb is read-only.', '/dev/sdb ist schreibgeschützt.'],
  ['a name with a full stop', 'Image /mnt/my. old disk.img.', 'Sichern Sie /mnt/my. old disk.img.'],
  [
    'two sentences, each known',
    'Only the blocks that ext4 uses are read. Every block is compared with what the repository has; only changed ones are stored.',
    'Nur die Blöcke, die ext4 belegt, werden gelesen. Jeder Block wird mit dem verglichen, was im Repository liegt; nur geänderte werden gespeichert.',
  ],
  [
    'a part that is a sentence’s own',
    'The superblock is damaged (its checksum is wrong), and no good copy of it was found.',
    'Der Superblock ist beschädigt (die Prüfsumme ist falsch), und es wurde keine intakte Kopie gefunden.',
  ],
  [
    'quantities as German writes them',
    'The journal holds changes that were not replayed yet, and the block bitmaps may be older than that: so the whole volume is read (1.21 GiB instead of about 512 bytes).',
    'Das Journal enthält Änderungen, die noch nicht nachgespielt wurden, und die Blockbitmaps können älter sein: Deshalb wird der ganze Datenträger gelesen (1,21 GiB statt etwa 512 Bytes).',
  ],
  [
    'cause, cost and advice',
    'A closed LUKS volume looks random from end to end, with free space like everything else: so the whole volume is read (2.00 GiB), nothing of it can be compressed, and the image will be as large as the volume. To image only what is in use, open it (cryptsetup open DEVICE NAME), then back up /dev/mapper/NAME instead.',
    'Ein geschlossener LUKS-Datenträger sieht von Anfang bis Ende zufällig aus, der freie Speicherplatz ebenso wie alles andere: Deshalb wird der ganze Datenträger gelesen (2,00 GiB), nichts davon lässt sich komprimieren, und das Abbild wird so groß wie der Datenträger. Um nur das Belegte zu sichern, öffnen Sie ihn (cryptsetup open DEVICE NAME), und sichern Sie dann stattdessen /dev/mapper/NAME.',
  ],
  [
    'a list of names',
    'The volume carries the marks of more than one content (ext4, a partition table), so the whole volume is read. wipefs shows them.',
    'Der Datenträger trägt die Kennzeichen von mehr als einem Inhalt (ext4, eine Partitionstabelle), deshalb wird der ganze Datenträger gelesen. wipefs zeigt sie an.',
  ],
  [
    'a list of clauses',
    'Both copies of the partition table are damaged (the one at the start: its checksum is wrong; the one at the end is missing).',
    'Beide Kopien der Partitionstabelle sind beschädigt (die am Anfang: die Prüfsumme ist falsch; die am Ende fehlt).',
  ],
  [
    'a sentence that ends in a part, and another one',
    'The clone /srv/a.clone could not be removed: EROFS. Delete /srv/a.clone.',
    'Der Klon /srv/a.clone konnte nicht entfernt werden: EROFS. Löschen Sie /srv/a.clone.',
  ],
  [
    'a name and what is said of it',
    'encryptiontype: everything in a repository is encrypted, always.',
    'encryptiontype: in einem Repository ist immer alles verschlüsselt.',
  ],
  ['a clause alone', 'LVM snapshot', 'LVM-Momentaufnahme'],
  ['a range', '1 to 19', '1 bis 19'],
])('translates %s', (_, english, german) => {
  expect(translateSentence(english)).toBe(german);
  expect(sentencePieces(english)).toEqual([{ text: german, isEnglish: false }]);
});

describe('what is not known', () => {
  it('stays English', () => {
    expect(sentencePieces('The moon is made of cheese.')).toEqual([
      { text: 'The moon is made of cheese.', isEnglish: true },
    ]);
    expect(translateSentence('')).toBe('');
  });

  it('stays English between what is known', () => {
    expect(sentencePieces('/dev/sdb is read-only. The moon is full tonight. Run as root.')).toEqual([
      { text: '/dev/sdb ist schreibgeschützt. ', isEnglish: false },
      { text: 'The moon is full tonight. ', isEnglish: true },
      { text: 'Führen Sie Stillframe als root aus.', isEnglish: false },
    ]);
  });

  it('stays English within a sentence, where another program said it', () => {
    expect(sentencePieces('LVM made no snapshot of vg0/home: Insufficient free space: 5 extents needed.')).toEqual([
      { text: 'LVM hat keine Momentaufnahme von vg0/home erstellt: ', isEnglish: false },
      { text: 'Insufficient free space: 5 extents needed.', isEnglish: true },
    ]);
  });

  it('is not taken for a template that says next to nothing', () => {
    expect(translateSentence('Add {0} or “{1}” <2> copy of whatever')).toBe('Add {0} or “{1}” <2> copy of whatever');
  });
});

it('keeps values as they are, also where they look like slots', () => {
  expect(translateSentence('/dev/{1}<0>$& is read-only.')).toBe('/dev/{1}<0>$& ist schreibgeschützt.');
});

it.each([
  ['blanks', ' '.repeat(3900)],
  ['sentences', 'a. '.repeat(1300)],
  ['nested causes', `${'The superblock is damaged ('.repeat(140)}x`],
  ['starts of templates', 'a: so the whole volume is read ('.repeat(120)],
  ['lists', 'The volume carries the marks of more than one content (a b; c d, e f'.repeat(50)],
  ['very long texts', 'The superblock is damaged. '.repeat(100_000)],
])('is fast for hostile %s', (_, text) => {
  const start = performance.now();
  translateSentence(text);
  expect(performance.now() - start).toBeLessThan(250);
});

it('says the same in English', async () => {
  await speak('en');
  expect(sentencePieces('/dev/sdb is read-only.')).toEqual([{ text: '/dev/sdb is read-only.', isEnglish: false }]);
  await speak('de');
});

describe('a template', () => {
  it.each([
    ['{0} is {1}.', 'a is b is c.', ['a', 'b is c']],
    ['{0} is {1}.', ' is b.', undefined],
    ['{0} is {1}.', 'a is b', undefined],
    ['{0} is {1}.', 'The sky is blue. The sea is wet.', undefined],
    ['{0} is {1}.', 'It could not be done: the disk is full.', undefined],
    ['{#0} to {#1}', '1 to 19', ['1', '19']],
    ['{#0} to {#1}', 'one to 19', undefined],
    ['It is<0>.', 'It is.', ['']],
    ['It is<0>.', 'It is so. Is it?', undefined],
    ['Fixed.', 'Fixed.', []],
    ['Fixed.', 'Fixed. Fixed.', undefined],
  ])('%j in %j', (template, text, captured) => {
    const captures = matchTemplate(parseTemplate(template), text);
    expect(captures && [...captures.values()].map((capture) => capture.text)).toEqual(captured);
  });
});
