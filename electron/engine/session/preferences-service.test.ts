import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ImageRule, type PreferenceChanges, preferencesSchema, ruleTestSchema, type Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { OPTION_ROWS } from '../policy/options.ts';
import { parseOptionsFile } from '../policy/options-file.ts';
import { anyRule } from '../testing/option-arbitraries.ts';
import { PreferencesService } from './preferences-service.ts';
import type { VolumeService } from './volume-service.ts';

let config: string;
let path: string;
let service: PreferencesService;

/** Only what the service asks for. */
const volumes = {
  find: async (name: string): Promise<Partial<Volume>> => {
    if (name !== '/home' && name !== '/dev/sda1') throw new EngineError('VOLUME_NOT_FOUND', { volume: name });
    return { name: '/dev/sda1', mounts: [{ mountPoint: '/home', readOnly: false, options: '', fsType: 'ext4' }] };
  },
};

beforeEach(async () => {
  config = join(await mkdtemp(join(tmpdir(), 'stillframe-preferences-')), 'config');
  path = join(config, 'stillframe.opt');
  service = new PreferencesService(
    { directories: { config, state: config, data: config } },
    volumes as unknown as VolumeService,
  );
});

afterEach(() => rm(join(config, '..'), { recursive: true }));

async function given(text: string): Promise<void> {
  await mkdir(config, { recursive: true });
  await writeFile(path, text);
}

const content = () => readFile(path, 'utf8');
const save = async (changes: PreferenceChanges) =>
  service.save({ revision: (await service.describe()).revision, changes });
const rule = (pattern: string, more: Partial<ImageRule> = {}): ImageRule => ({
  kind: 'include.image',
  pattern,
  managementClass: '',
  options: {},
  ...more,
});

describe('describe', () => {
  test('without a file everything is at its default', async () => {
    const preferences = preferencesSchema.parse(await service.describe());
    expect(preferences).toMatchObject({ path, exists: false, rules: [], domain: [], warnings: [] });
    expect(preferences.options.map(({ name }) => name)).toEqual(
      OPTION_ROWS.filter((row) => row.places.includes('file')).map((row) => row.name),
    );
    const gap = preferences.options.find(({ name }) => name === 'imagegapsize');
    expect(gap).toMatchObject({ type: 'size', unit: 'KB', value: '32k', default: '32k', source: { from: 'default' } });
    expect(gap?.fileValue).toBeUndefined();
    expect(preferences.options.filter(({ locked }) => locked).map(({ name }) => name)).toEqual([
      'presnapshotcmd',
      'postsnapshotcmd',
      'errorlogname',
    ]);
  });

  test('values that do not fit are shown and warned about, never thrown', async () => {
    await given('imagegapsize lots\nfoo\ninclude.image /x mode=full\ndomain.image /home\n');
    const { options, warnings, rules, domain, exists } = preferencesSchema.parse(await service.describe());
    expect({ exists, domain }).toEqual({ exists: true, domain: ['/home'] });
    expect(options.find(({ name }) => name === 'imagegapsize')).toMatchObject({
      value: 'lots',
      fileValue: 'lots',
      source: { from: 'file', line: 1 },
    });
    expect(rules).toMatchObject([{ pattern: '/x', line: 3 }]);
    expect(warnings).toHaveLength(3);
  });
});

describe('save', () => {
  test('from nothing, and then in place', async () => {
    const saved = await save({
      set: { imagegapsize: '64k' },
      domain: ['/home'],
      rules: [rule('/srv', { managementClass: 'X' })],
    });
    expect(saved).toMatchObject({
      exists: true,
      domain: ['/home'],
      rules: [{ pattern: '/srv', managementClass: 'X' }],
    });
    await given(`* keep me\n${await content()}* me too\n`);
    const again = await save({ set: { imagegapsize: '1m', theme: 'dark' }, unset: ['mode'], rules: [] });
    expect(again.options.find(({ name }) => name === 'imagegapsize')).toMatchObject({ value: '1m', fileValue: '1m' });
    expect(await content()).toMatch(/^\* keep me\n[\s\S]*imagegapsize 1m\n[\s\S]*\* me too\ntheme dark\n$/);
    expect(await readFile(`${path}.bak`, 'utf8')).toContain('64k');
  });

  test('nothing changed, nothing written', async () => {
    await given('imagegapsize 64k');
    const before = await service.describe();
    expect(await save({ set: { imagegapsize: '64k' }, rules: [], domain: [] })).toEqual(before);
    await expect(readFile(`${path}.bak`)).rejects.toThrow();
  });

  test('of what was looked at before somebody else changed it is refused', async () => {
    await given('theme dark\n');
    const { revision } = await service.describe();
    await given('theme light\n');
    await expect(service.save({ revision, changes: { set: { theme: 'system' } } })).rejects.toMatchObject({
      code: 'OPTIONS_CHANGED',
    });
    expect(await content()).toBe('theme light\n');
  });

  test('two at once: one is first, the other is told', async () => {
    const { revision } = await service.describe();
    const results = await Promise.allSettled(
      ['dark', 'light'].map((theme) => service.save({ revision, changes: { set: { theme } } })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'OPTIONS_CHANGED' } });
    expect(await content()).toContain('theme dark');
  });

  test('with a problem changes nothing', async () => {
    await given('theme dark\n');
    await expect(save({ set: { theme: 'light', imagegapsize: 'lots' } })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      details: { option: 'imagegapsize' },
    });
    expect(await content()).toBe('theme dark\n');
  });
});

describe('commands', () => {
  const FILE = `presnapshotcmd /bin/stop\ninclude.image /home presnapshotcmd="/bin/stop db" mode=incremental\n`;
  const kept = rule('/home', { options: { presnapshotcmd: '/bin/stop db', mode: 'incremental' } });

  test.each<[string, PreferenceChanges]>([
    ['set', { set: { presnapshotcmd: '/bin/evil' } }],
    ['set as it is', { set: { presnapshotcmd: '/bin/stop' } }],
    ['unset', { unset: ['postsnapshotcmd'] }],
    ['in a new rule', { rules: [kept, rule('/srv', { options: { postsnapshotcmd: '/bin/evil' } })] }],
    ['changed in a rule', { rules: [{ ...kept, options: { presnapshotcmd: '/bin/evil' } }] }],
    ['moved to other volumes', { rules: [{ ...kept, pattern: '*' }] }],
    ['moved to another name', { rules: [{ ...kept, options: { postsnapshotcmd: '/bin/stop db' } }] }],
    ['smuggled in by a line break', { set: { repository: '/x\npresnapshotcmd /bin/evil' } }],
    ['smuggled in by a class', { rules: [rule('/x', { managementClass: 'A presnapshotcmd=/bin/evil' })] }],
    ['smuggled in by a pattern', { rules: [rule('/x\ninclude.image /y presnapshotcmd=/bin/evil')] }],
    ['smuggled in by a name', { rules: [rule('/x', { options: { 'mode=selective presnapshotcmd': '/bin/evil' } })] }],
    ['smuggled in by a volume', { domain: ['/x\rpresnapshotcmd /bin/evil', '\u2028'] }],
  ])('are never %s by a window', async (_, changes) => {
    await given(FILE);
    expect(await service.check(changes)).not.toEqual([]);
    await expect(save(changes)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    expect(await content()).toBe(FILE);
  });

  test('stay in a rule whose other parts change, and in one that moves', async () => {
    await given(FILE);
    const changed = { ...kept, managementClass: 'NEW', options: { ...kept.options, mode: 'selective' } };
    const { rules } = await save({ rules: [changed, rule('/srv')] });
    expect(rules).toMatchObject([
      { options: { presnapshotcmd: '/bin/stop db', mode: 'selective' } },
      { pattern: '/srv' },
    ]);
  });
});

describe('check', () => {
  test.each<[PreferenceChanges, object[]]>([
    [{ set: { theme: 'pink' } }, [{ option: 'theme', allowed: 'system | light | dark' }]],
    [{ set: { nothing: '1' } }, [{ option: 'nothing', reason: 'There is no such option.' }]],
    [{ set: { noprompt: 'yes' } }, [{ option: 'noprompt', reason: 'It can only be given on the command line.' }]],
    [{ set: { __proto__: 'x', constructor: 'y' } }, [{ option: 'constructor' }]],
    [{ set: { theme: 'dark' }, unset: ['theme'] }, [{ option: 'theme' }]],
    [{ set: { repository: 'x'.repeat(1024 ** 2) } }, [{ option: 'repository' }]],
    [{ set: { repository: `"'` } }, []],
    [{ set: { repository: ` "'` } }, [{ option: 'repository' }]],
    [{ set: { repository: '\ud800' } }, [{ option: 'repository' }]],
    [{ rules: [rule(' ')] }, [{ rule: 0 }]],
    [{ rules: [rule('/a'), rule('/b', { options: { imagegapsize: 'x' } })] }, [{ rule: 1, option: 'imagegapsize' }]],
    [{ rules: [rule('/a', { managementClass: 'two words' })] }, [{ rule: 0, option: 'managementclass' }]],
    [{ rules: [rule('/a', { options: { repository: '/x' } })] }, [{ rule: 0, option: 'repository' }]],
    [{ rules: [rule('/a', { kind: 'exclude.image', managementClass: 'X' })] }, [{ rule: 0 }]],
    [{ domain: ['/a b', ''] }, [{ option: 'domain.image' }]],
    [{ set: { 'domain.image': '/a "/b c"' } }, []],
    [{ domain: ['/a'], set: { 'domain.image': '/a' } }, [{ option: 'domain.image' }]],
  ])('%#', async (changes, expected) => {
    expect(await service.check(changes)).toMatchObject(expected);
    expect(await service.check(changes)).toHaveLength(expected.length);
  });

  test('what it lets through is saved and means just that', async () => {
    const text = fc.string({ unit: 'binary' });
    const name = fc.oneof(fc.constantFrom(...OPTION_ROWS.map((row) => row.name as string)), text);
    const looseRule = fc.record({
      kind: fc.constantFrom('include.image' as const, 'exclude.image' as const),
      pattern: text,
      managementClass: text,
      options: fc.dictionary(name, text, { maxKeys: 2 }),
    });
    const changes: fc.Arbitrary<PreferenceChanges> = fc.record(
      {
        set: fc.dictionary(name, text),
        unset: fc.array(name),
        rules: fc.array(fc.oneof(looseRule, anyRule)),
        domain: fc.array(text),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        await given('* mine\npresnapshotcmd /bin/mine\n');
        if ((await service.check(change)).length > 0) return;
        await save(change);
        const { entries, rules } = parseOptionsFile(await content(), path);
        expect(entries.get('presnapshotcmd')?.value).toBe('/bin/mine');
        expect(rules.flatMap(({ options }) => Object.keys(options)).filter((one) => one.endsWith('cmd'))).toEqual([]);
        expect(rules).toHaveLength(change.rules?.length ?? 0);
        for (const [key, value] of Object.entries(change.set ?? {})) {
          if (key !== 'domain.image') expect(Object.fromEntries(entries)[key]?.value).toBe(value);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('test', () => {
  test('what the saved rules, or others, make of a volume', async () => {
    await given('mode incremental\ninclude.image /home WEEKLY imagegapsize=1m\nexclude.image /dev/sdb*\n');
    const saved = ruleTestSchema.parse(await service.test({ volume: '/dev/sda1' }));
    expect(saved).toMatchObject({
      volume: '/dev/sda1',
      evaluated: [
        { rule: 1, matches: false },
        { rule: 0, matches: true },
      ],
      excluded: false,
      managementClass: 'WEEKLY',
    });
    const source = (name: string) => saved.options.find((option) => option.name === name);
    expect(source('imagegapsize')).toMatchObject({ value: '1m', source: { from: 'rule', line: 2 } });
    expect(source('mode')).toMatchObject({ value: 'incremental', source: { from: 'file', line: 1 } });
    expect(source('compression')).toMatchObject({ value: 'yes', source: { from: 'default' } });

    const tried = await service.test({ volume: '/home', rules: [rule('/home'), rule('*', { kind: 'exclude.image' })] });
    expect(tried).toMatchObject({
      excluded: true,
      evaluated: [{ rule: 1, matches: true }],
      managementClass: 'STANDARD',
    });
    await expect(service.test({ volume: '/nowhere' })).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
  });
});
