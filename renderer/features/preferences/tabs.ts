/** What the tabs hold, and what is to be seen of it from outside. */
import { type OptionDescription, type PreferenceProblem, type PreferenceTab, preferenceTabSchema } from '#contract';
import type { PreferenceDraft } from '../../stores/preference-draft.ts';

/** Tabs that show more than options. */
const OWN_PANELS: readonly PreferenceTab[] = ['repository', 'includeExclude', 'authorization'];

/** `domain.image` has its own editor beside the rules. */
export const DOMAIN_OPTION = 'domain.image';

export interface TabState {
  tab: PreferenceTab;
  options: OptionDescription[];
  changed: boolean;
  problems: number;
}

export function optionsOf(options: readonly OptionDescription[], tab: PreferenceTab): OptionDescription[] {
  return options.filter((option) => option.tab === tab && option.name !== DOMAIN_OPTION);
}

/** The tab where a problem can be mended. */
export function tabOfProblem(problem: PreferenceProblem, options: readonly OptionDescription[]): PreferenceTab {
  if (problem.rule !== undefined || problem.option === undefined || problem.option === DOMAIN_OPTION)
    return 'includeExclude';
  return options.find(({ name }) => name === problem.option)?.tab ?? 'general';
}

/** The tabs that are shown, in their order. */
export function tabStates(
  options: readonly OptionDescription[],
  draft: PreferenceDraft,
  problems: readonly PreferenceProblem[],
): TabState[] {
  return preferenceTabSchema.options.flatMap((tab) => {
    const own = optionsOf(options, tab);
    if (own.length === 0 && !OWN_PANELS.includes(tab)) return [];
    const rulesChanged = tab === 'includeExclude' && (draft.rules !== null || draft.domain !== null);
    return [
      {
        tab,
        options: own,
        changed: rulesChanged || own.some(({ name }) => Object.hasOwn(draft.edits, name)),
        problems: problems.filter((problem) => tabOfProblem(problem, options) === tab).length,
      },
    ];
  });
}
