/** What the tabs hold, and what is to be seen of it from outside. */
import { type OptionDescription, type PreferenceProblem, type PreferenceTab, preferenceTabSchema } from '#contract';
import type { PreferenceDraft } from '../../stores/preference-draft.ts';

/** Tabs that show more than options. */
const OWN_PANELS: readonly PreferenceTab[] = ['repository', 'includeExclude', 'authorization'];

/** Its changes are a list of their own, not a text. */
export const DOMAIN_OPTION = 'domain.image';

export interface TabState {
  tab: PreferenceTab;
  options: OptionDescription[];
  changed: boolean;
  problems: number;
}

function isChanged({ name }: OptionDescription, draft: PreferenceDraft): boolean {
  return name === DOMAIN_OPTION ? draft.domain !== null : Object.hasOwn(draft.edits, name);
}

/** The tab where a problem can be mended. */
export function tabOfProblem(problem: PreferenceProblem, options: readonly OptionDescription[]): PreferenceTab {
  if (problem.rule !== undefined) return 'includeExclude';
  return options.find(({ name }) => name === problem.option)?.tab ?? 'includeExclude';
}

/** The tabs that are shown, in their order. */
export function tabStates(
  options: readonly OptionDescription[],
  draft: PreferenceDraft,
  problems: readonly PreferenceProblem[],
): TabState[] {
  return preferenceTabSchema.options.flatMap((tab) => {
    const own = options.filter((option) => option.tab === tab);
    if (own.length === 0 && !OWN_PANELS.includes(tab)) return [];
    const rulesChanged = tab === 'includeExclude' && draft.rules !== null;
    return [
      {
        tab,
        options: own,
        changed: rulesChanged || own.some((option) => isChanged(option, draft)),
        problems: problems.filter((problem) => tabOfProblem(problem, options) === tab).length,
      },
    ];
  });
}
