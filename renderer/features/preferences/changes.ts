/** What would be saved, old and new, one row a change. */
import type { ImageRule, Preferences } from '#contract';
import { optionLabel } from '../../i18n/option-texts.ts';
import { t } from '../../i18n/t.ts';
import { fileText, type PreferenceDraft, ruleText } from '../../stores/preference-draft.ts';
import { valueWords } from './fields/option-values.ts';

export interface ChangeRow {
  key: string;
  label: string;
  before: string;
  after: string;
  /** Lines of the file rather than words. */
  mono: boolean;
}

/** A rule as it stands in the file. */
export function ruleLine({ kind, pattern, managementClass, options }: ImageRule): string {
  const quoted = pattern.includes(' ') ? `"${pattern}"` : pattern;
  const named = Object.entries(options).map(([name, text]) => `${name}=${text.includes(' ') ? `"${text}"` : text}`);
  return [kind, quoted, managementClass, ...named].filter(Boolean).join(' ');
}

function ruleRows(before: readonly ImageRule[], after: readonly ImageRule[]): ChangeRow[] {
  const old = new Set(before.map(ruleText));
  const now = new Set(after.map(ruleText));
  const row = (key: string, label: string, from: string, to: string): ChangeRow => ({
    key,
    label,
    before: from,
    after: to,
    mono: true,
  });
  const removed = before.filter((rule) => !now.has(ruleText(rule)));
  const added = after.filter((rule) => !old.has(ruleText(rule)));
  const rows = [
    ...removed.map((rule) => row(`- ${ruleText(rule)}`, t('preferences:change.ruleRemoved'), ruleLine(rule), '')),
    ...added.map((rule) => row(`+ ${ruleText(rule)}`, t('preferences:change.ruleAdded'), '', ruleLine(rule))),
  ];
  const kept = (rules: readonly ImageRule[], others: ReadonlySet<string>) =>
    rules
      .map(ruleText)
      .filter((text) => others.has(text))
      .join('\n');
  if (kept(before, now) !== kept(after, old) || rows.length === 0)
    rows.push({ key: 'order', label: t('preferences:change.rulesMoved'), before: '', after: '', mono: false });
  return rows;
}

export function changeRows(file: Preferences, draft: PreferenceDraft): ChangeRow[] {
  const rows = Object.entries(draft.edits).flatMap(([name, text]): ChangeRow[] => {
    const option = file.options.find((each) => each.name === name);
    if (!option) return [];
    return [
      {
        key: name,
        label: optionLabel(name),
        before: valueWords(option, fileText(option)),
        after: valueWords(option, text ?? option.default),
        mono: false,
      },
    ];
  });
  if (draft.rules) rows.push(...ruleRows(file.rules, draft.rules));
  if (draft.domain)
    rows.push({
      key: 'domain',
      label: optionLabel('domain.image'),
      before: file.domain.join(' ') || t('preferences:value.none'),
      after: draft.domain.join(' ') || t('preferences:value.none'),
      mono: true,
    });
  return rows;
}
