import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreferenceChanges, PreferenceProblem, Preferences } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { createPreferencesStore, preferenceValue } from './preferences-store.ts';
import { createUiStore } from './ui-store.ts';

const level = {
  name: 'compressionlevel',
  display: 'COMPRESSIONLevel',
  type: 'integer' as const,
  unit: '',
  values: [],
  allowed: '1 to 19',
  help: '',
  default: '1',
  places: ['file' as const],
  tab: 'performance' as const,
  value: '1',
  source: { from: 'default' as const },
  locked: false,
};

/** A file that holds one option, and an engine that answers when it is told to. */
function cannedEngine() {
  let revision = 1;
  let value: string | undefined;
  const checks: { changes: PreferenceChanges; answer(problems: PreferenceProblem[]): void }[] = [];
  const describeFile = (): Preferences => ({
    path: '/stillframe.opt',
    exists: true,
    revision: String(revision),
    options: [{ ...level, value: value ?? '1', ...(value === undefined ? {} : { fileValue: value }) }],
    rules: [],
    domain: [],
    warnings: [],
  });
  const engine = {
    checks,
    /** Answers checks at once, with nothing against them. */
    agrees: true,
    duringSave: (): void => undefined,
    edit(text: string) {
      revision += 1;
      value = text;
    },
  };
  const preferences = {
    describe: async () => describeFile(),
    check: (changes: PreferenceChanges) =>
      new Promise<{ problems: PreferenceProblem[] }>((resolve) => {
        checks.push({ changes, answer: (problems) => resolve({ problems }) });
        if (engine.agrees) resolve({ problems: [] });
      }),
    save: async (request: { revision: string; changes: PreferenceChanges }) => {
      if (request.revision !== String(revision))
        throw new RemoteError({ code: 'OPTIONS_CHANGED', message: 'canned', details: {} });
      engine.edit(request.changes.set?.compressionlevel ?? '1');
      engine.duringSave();
      return describeFile();
    },
  };
  return { engine, client: { preferences } as unknown as EngineClient };
}

const problem: PreferenceProblem = { option: 'compressionlevel', reason: 'Out of range.', allowed: '1 to 19' };
let { engine, client } = cannedEngine();
let store = createPreferencesStore(client);
const state = () => store.getState();

beforeEach(async () => {
  vi.useFakeTimers();
  ({ engine, client } = cannedEngine());
  store = createPreferencesStore(client);
  await state().refresh();
});
afterEach(() => void vi.useRealTimers());

describe('checks while typing', () => {
  it('wait until typing rests, and ask once', async () => {
    for (const text of ['2', '20', '200']) state().setText('compressionlevel', text);
    expect(engine.checks).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(engine.checks.map(({ changes }) => changes)).toEqual([{ set: { compressionlevel: '200' } }]);
  });

  it('count by the latest question, whenever the answers come', async () => {
    engine.agrees = false;
    state().setText('compressionlevel', '200');
    await vi.advanceTimersByTimeAsync(200);
    state().setText('compressionlevel', '2');
    await vi.advanceTimersByTimeAsync(200);
    engine.checks[1]?.answer([]);
    engine.checks[0]?.answer([problem]);
    await vi.advanceTimersByTimeAsync(0);
    expect(state().problems).toEqual([]);
  });
});

describe('saving', () => {
  it('changes what is in force, and leaves nothing to save', async () => {
    state().setText('compressionlevel', '5');
    expect(preferenceValue('compressionlevel')(state())).toBe('1');
    expect(await state().save()).toBe(true);
    expect(preferenceValue('compressionlevel')(state())).toBe('5');
    expect(state().draft.edits).toEqual({});
  });

  it('saves nothing while there are problems', async () => {
    engine.agrees = false;
    state().setText('compressionlevel', '200');
    const saved = state().save();
    engine.checks[0]?.answer([problem]);
    expect(await saved).toBe(false);
    expect(state()).toMatchObject({ problems: [problem], draft: { edits: { compressionlevel: '200' } } });
  });

  it('keeps the changes when somebody else was faster, and can save them on the new file', async () => {
    state().setText('compressionlevel', '5');
    engine.edit('3');
    expect(await state().save()).toBe(false);
    expect(state().failure?.code).toBe('OPTIONS_CHANGED');
    await state().refresh();
    expect(state()).toMatchObject({ failure: null, draft: { edits: { compressionlevel: '5' } } });
    expect(state().file.value?.options[0]?.fileValue).toBe('3');
    expect(await state().save()).toBe(true);
  });

  it('keeps what was typed meanwhile', async () => {
    engine.duringSave = () => state().setText('compressionlevel', '6');
    state().setText('compressionlevel', '5');
    expect(await state().save()).toBe(false);
    expect(state().file.value?.options[0]?.fileValue).toBe('5');
    expect(state().draft.edits).toEqual({ compressionlevel: '6' });
  });
});

describe('the question before a view with changes is left', () => {
  it('holds every way out until it is answered', () => {
    const ui = createUiStore('preferences');
    ui.getState().setUnsaved(true);
    ui.getState().show('hub');
    expect(ui.getState()).toMatchObject({ view: 'preferences', wanted: 'hub' });
    ui.getState().stay();
    expect(ui.getState()).toMatchObject({ view: 'preferences', wanted: null, unsaved: true });
    ui.getState().show('backup');
    ui.getState().leave();
    expect(ui.getState()).toMatchObject({ view: 'backup', wanted: null, unsaved: false });
  });
});
