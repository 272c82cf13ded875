/** What a person changed in the preferences and has not saved: plain data, and what can be made of it. */
import type { ImageRule, OptionDescription, PreferenceChanges, Preferences } from '#contract';

/** A rule with a key that stays when it is moved or edited. */
export interface DraftRule extends ImageRule {
  key: string;
}

export interface PreferenceDraft {
  /** Option name → text; null: back to the default. Only what differs from the file. */
  edits: Record<string, string | null>;
  /** All rules in the order of the file; null: as in the file. */
  rules: DraftRule[] | null;
  /** `domain.image`; null: as in the file. */
  domain: string[] | null;
}

export const EMPTY_DRAFT: PreferenceDraft = { edits: {}, rules: null, domain: null };

export function isEmpty({ edits, rules, domain }: PreferenceDraft): boolean {
  return Object.keys(edits).length === 0 && rules === null && domain === null;
}

/** What the file says, or what would hold if it says nothing. */
export function fileText(option: OptionDescription): string {
  return option.fileValue ?? option.default;
}

/** What the field of an option shows. */
export function shownText(option: OptionDescription, draft: PreferenceDraft): string {
  const edit = draft.edits[option.name];
  if (edit === undefined) return fileText(option);
  return edit ?? option.default;
}

/** An edit as it is kept; undefined where it changes nothing. */
export function editOf(option: OptionDescription, text: string | null): string | null | undefined {
  // Nothing typed where the engine chooses is the default, not a value.
  const edit = text === '' && option.default === '' ? null : text;
  if (edit === null) return option.fileValue === undefined ? undefined : null;
  return edit === fileText(option) ? undefined : edit;
}

/** The draft with one option changed. */
export function withEdit(
  draft: PreferenceDraft,
  option: OptionDescription | undefined,
  text: string | null,
): PreferenceDraft {
  if (option === undefined) return draft;
  const { [option.name]: _, ...others } = draft.edits;
  const edit = editOf(option, text);
  return { ...draft, edits: edit === undefined ? others : { ...others, [option.name]: edit } };
}

/** The rules of the file, ready to be edited. */
export function rulesOf(file: Preferences): DraftRule[] {
  return file.rules.map(({ line, ...rule }) => ({ ...rule, key: `line ${line}` }));
}

/** A rule as the contract has it. */
export function plainRule({ kind, pattern, managementClass, options }: ImageRule): ImageRule {
  return { kind, pattern, managementClass, options };
}

/** What makes two rules the same. */
export function ruleText(rule: ImageRule): string {
  const { kind, pattern, managementClass, options } = rule;
  const named = Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([kind, pattern, managementClass, named]);
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

export function withRules(draft: PreferenceDraft, file: Preferences, rules: DraftRule[]): PreferenceDraft {
  return { ...draft, rules: sameList(rules.map(ruleText), file.rules.map(ruleText)) ? null : rules };
}

export function withDomain(draft: PreferenceDraft, file: Preferences, domain: string[]): PreferenceDraft {
  return { ...draft, domain: sameList(domain, file.domain) ? null : domain };
}

/** What is asked of the engine. */
export function changesOf({ edits, rules, domain }: PreferenceDraft): PreferenceChanges {
  const set: Record<string, string> = {};
  const unset: string[] = [];
  for (const [name, text] of Object.entries(edits)) {
    if (text === null) unset.push(name);
    else set[name] = text;
  }
  return {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(rules ? { rules: rules.map(plainRule) } : {}),
    ...(domain ? { domain } : {}),
  };
}

/**
 * Three lists made one: `mine` and `theirs` both come from `base`. What they took out goes, what they put in comes
 * after its neighbour; where both changed the order, mine holds.
 */
function merged<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[], keyOf: (entry: T) => string): T[] {
  const inBase = new Set(base.map(keyOf));
  const inTheirs = new Set(theirs.map(keyOf));
  const result = mine.filter((entry) => !inBase.has(keyOf(entry)) || inTheirs.has(keyOf(entry)));
  const present = new Set(result.map(keyOf));
  for (const [index, entry] of theirs.entries()) {
    if (inBase.has(keyOf(entry)) || present.has(keyOf(entry))) continue;
    const neighbours = theirs.slice(0, index).map(keyOf);
    const after = result.findLastIndex((each) => neighbours.includes(keyOf(each)));
    result.splice(after + 1, 0, entry);
    present.add(keyOf(entry));
  }
  return result;
}

/** The same changes on a file that was read again. */
export function rebased(draft: PreferenceDraft, before: Preferences | null, now: Preferences): PreferenceDraft {
  let result: PreferenceDraft = EMPTY_DRAFT;
  for (const [name, text] of Object.entries(draft.edits)) {
    result = withEdit(
      result,
      now.options.find((option) => option.name === name),
      text,
    );
  }
  if (draft.rules) {
    const base = before ? rulesOf(before) : [];
    result = withRules(result, now, unique(merged(base, draft.rules, rulesOf(now), ruleText)));
  }
  if (draft.domain)
    result = withDomain(
      result,
      now,
      merged(before?.domain ?? [], draft.domain, now.domain, (entry) => entry),
    );
  return result;
}

/** Lines of two files may have the same number. */
function unique(rules: DraftRule[]): DraftRule[] {
  return rules.map((rule, index) =>
    rules.findIndex((other) => other.key === rule.key) === index ? rule : { ...rule, key: `${rule.key} (${index})` },
  );
}
