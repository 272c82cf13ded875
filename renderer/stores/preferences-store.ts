/** The options file as it is, what a person changed in it, and what is in force. */
import { createStore } from 'zustand/vanilla';
import type { PreferenceChanges, PreferenceProblem, Preferences, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';
import {
  changesOf,
  type DraftRule,
  EMPTY_DRAFT,
  isEmpty,
  type PreferenceDraft,
  rebased,
  rulesOf,
  shownText,
  withDomain,
  withEdit,
  withRules,
} from './preference-draft.ts';

/** Typing rests this long before it is checked, in milliseconds. */
const CHECK_AFTER_MS = 200;

export interface PreferencesState {
  /** As they were read last. */
  file: Loadable<Preferences | null>;
  /** In force for a run that nobody gave options, by option name. */
  values: Record<string, string>;
  draft: PreferenceDraft;
  /** Why the draft cannot be saved as it is. */
  problems: PreferenceProblem[];
  saving: boolean;
  /** Why the last save failed. */
  failure: WireError | null;
  /** Reads the file again; what was changed is kept and applied to it. */
  refresh(): Promise<void>;
  setText(name: string, text: string): void;
  restoreDefault(name: string): void;
  setRules(rules: DraftRule[]): void;
  setDomain(domain: string[]): void;
  /** Takes what another client's file says; its rules and domain go below ours, or in their place. */
  take(changes: Pick<PreferenceChanges, 'set' | 'rules' | 'domain'>, replace: boolean): void;
  discard(): void;
  /** Whether everything is saved. With problems, nothing is. */
  save(): Promise<boolean>;
  putFailureAway(): void;
}

/** Selects what is in force of one option; empty where the engine chooses, undefined while it is not known. */
export const preferenceValue =
  (name: string) =>
  (state: Pick<PreferencesState, 'values'>): string | undefined =>
    state.values[name];

export function createPreferencesStore(client: EngineClient) {
  return createStore<PreferencesState>()((set, get) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** Counts checks: only the answer to the latest one counts. */
    let checks = 0;
    let imported = 0;

    async function check(): Promise<void> {
      clearTimeout(timer);
      checks += 1;
      const mine = checks;
      const { draft } = get();
      if (isEmpty(draft)) {
        set({ problems: [] });
        return;
      }
      try {
        const { problems } = await client.preferences.check(changesOf(draft));
        if (mine === checks) set({ problems });
      } catch {
        // Saving checks again and says what is wrong.
      }
    }

    function change(draft: PreferenceDraft): void {
      set({ draft });
      clearTimeout(timer);
      // An answer that is under way is about what is no longer there.
      checks += 1;
      if (isEmpty(draft)) set({ problems: [] });
      else timer = setTimeout(() => void check(), CHECK_AFTER_MS);
    }

    function accept(file: Preferences, draft: PreferenceDraft): void {
      const values = Object.fromEntries(file.options.map(({ name, value }) => [name, value]));
      set({ file: { phase: 'ready', value: file, error: null }, values });
      change(draft);
    }

    return {
      file: idle<Preferences | null>(null),
      values: {},
      draft: EMPTY_DRAFT,
      problems: [],
      saving: false,
      failure: null,
      async refresh() {
        const before = get().file.value;
        await load(
          get().file,
          (file) => {
            if (file.phase === 'ready' && file.value) accept(file.value, rebased(get().draft, before, file.value));
            else set({ file });
          },
          () => client.preferences.describe({}),
        );
        if (get().file.phase === 'ready') set({ failure: null });
      },
      setText(name, text) {
        const option = get().file.value?.options.find((each) => each.name === name);
        change(withEdit(get().draft, option, text));
      },
      restoreDefault(name) {
        const option = get().file.value?.options.find((each) => each.name === name);
        change(withEdit(get().draft, option, null));
      },
      setRules(rules) {
        const file = get().file.value;
        if (file) change(withRules(get().draft, file, rules));
      },
      setDomain(domain) {
        const file = get().file.value;
        if (file) change(withDomain(get().draft, file, domain));
      },
      take({ set: texts = {}, rules = [], domain = [] }, replace) {
        const file = get().file.value;
        if (!file) return;
        let { draft } = get();
        for (const [name, text] of Object.entries(texts)) {
          const option = file.options.find((each) => each.name === name);
          if (option && shownText(option, draft) !== text) draft = withEdit(draft, option, text);
        }
        imported += 1;
        const taken = rules.map((rule, index) => ({ ...rule, key: `import ${imported}.${index}` }));
        const ownRules = draft.rules ?? rulesOf(file);
        const ownDomain = draft.domain ?? file.domain;
        if (taken.length > 0) draft = withRules(draft, file, replace ? taken : [...ownRules, ...taken]);
        if (domain.length > 0) {
          draft = withDomain(draft, file, replace ? domain : [...new Set([...ownDomain, ...domain])]);
        }
        change(draft);
      },
      discard() {
        set({ failure: null });
        change(EMPTY_DRAFT);
      },
      async save() {
        const revision = get().file.value?.revision;
        if (revision === undefined || get().saving) return false;
        if (isEmpty(get().draft)) return true;
        set({ saving: true, failure: null });
        await check();
        if (get().problems.length > 0) {
          set({ saving: false });
          return false;
        }
        const sent = get().draft;
        try {
          const file = await client.preferences.save({ revision, changes: changesOf(sent) });
          // What was typed while it was being saved is still to be saved.
          const later = get().draft === sent ? EMPTY_DRAFT : rebased(get().draft, file, file);
          accept(file, later);
          set({ saving: false });
          return isEmpty(later);
        } catch (thrown) {
          set({ saving: false, failure: toWireError(thrown) });
          return false;
        }
      },
      putFailureAway: () => set({ failure: null }),
    };
  });
}
