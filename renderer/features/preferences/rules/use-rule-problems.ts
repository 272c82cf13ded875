/** What the engine says against a rule while it is typed. */
import { useEffect, useState } from 'react';
import type { PreferenceProblem } from '#contract';
import { type DraftRule, plainRule } from '../../../stores/preference-draft.ts';
import { useStores } from '../../../stores/use-stores.ts';
import { withRule } from './rule-list.ts';

const CHECK_AFTER_MS = 200;

/** Nothing is asked about a rule that has no pattern yet. */
export function useRuleProblems(rules: readonly DraftRule[], rule: DraftRule): PreferenceProblem[] {
  const { client } = useStores();
  const [problems, setProblems] = useState<PreferenceProblem[]>([]);
  useEffect(() => {
    if (rule.pattern === '') {
      setProblems([]);
      return;
    }
    let current = true;
    const all = withRule(rules, rule);
    const index = all.findIndex(({ key }) => key === rule.key);
    const timer = setTimeout(() => {
      client.preferences.check({ rules: all.map(plainRule) }).then(
        (answer) => current && setProblems(answer.problems.filter((problem) => problem.rule === index)),
        // It is checked again before it is saved.
        () => undefined,
      );
    }, CHECK_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, rules, rule]);
  return problems;
}
