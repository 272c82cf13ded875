/** Which volumes are backed up, and with what, by rules. */
import { Button } from '@mantine/core';
import { IconArrowUp, IconListCheck } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Sentence } from '../../../components/Sentence.tsx';
import { t } from '../../../i18n/t.ts';
import { type DraftRule, rulesOf } from '../../../stores/preference-draft.ts';
import { useStores, useValue } from '../../../stores/use-stores.ts';
import { ruleLine } from '../changes.ts';
import { RuleDialog } from './RuleDialog.tsx';
import { RuleTable } from './RuleTable.tsx';
import { RuleTest } from './RuleTest.tsx';
import { ADD_RULE_ID, RuleTools } from './RuleTools.tsx';
import { evaluationNumber, moved, neighbourOf, putBack, without, withRule } from './rule-list.ts';

interface Removed {
  rule: DraftRule;
  index: number;
}

/** Keys of rules that were made here. */
let made = 0;

function newRule(): DraftRule {
  made += 1;
  return { key: `new ${made}`, kind: 'include.image', pattern: '', managementClass: '', options: {} };
}

export function IncludeExcludePanel() {
  const { preferences } = useStores();
  const { file, draft, problems } = useValue('preferences', (state) => state);
  const [selected, setSelected] = useState<string | null>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [edited, setEdited] = useState<DraftRule | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [said, setSaid] = useState('');
  const focused = useCallback(() => setFocus(null), []);
  if (!file.value) return null;
  const rules = draft.rules ?? rulesOf(file.value);
  const index = rules.findIndex(({ key }) => key === selected);
  const ruleProblems = problems.filter((problem) => problem.rule !== undefined);
  const put = (next: DraftRule[]) => preferences.getState().setRules(next);

  function move(key: string, by: 1 | -1, fromButton = false): void {
    const next = moved(rules, key, by);
    put(next);
    const place = next.findIndex((rule) => rule.key === key);
    // A button keeps the focus as long as it can be pressed again.
    const isAtEnd = place === 0 || place === next.length - 1;
    if (!fromButton || isAtEnd) setFocus(key);
    setSaid(t('preferences:rule.moved', { number: evaluationNumber(place, next.length), count: next.length }));
  }

  function remove(key: string): void {
    const place = rules.findIndex((rule) => rule.key === key);
    const rule = rules[place];
    if (!rule) return;
    const neighbour = neighbourOf(rules, key) ?? null;
    put(without(rules, key));
    setRemoved({ rule, index: place });
    setSelected(neighbour);
    setFocus(neighbour);
    if (neighbour === null) document.getElementById(ADD_RULE_ID)?.focus();
  }

  function undo({ rule, index: place }: Removed): void {
    put(putBack(rules, rule, place));
    setRemoved(null);
    setSelected(rule.key);
    setFocus(rule.key);
  }

  function apply(rule: DraftRule): void {
    put(withRule(rules, rule));
    setEdited(null);
    setRemoved(null);
    setSelected(rule.key);
    setFocus(rule.key);
  }

  const add = () => setEdited(newRule());
  const edit = (key: string) => setEdited(rules.find((rule) => rule.key === key) ?? null);
  return (
    <div className="sf-pref-extra">
      <p id="rules-order" className="sf-pref-order">
        <IconArrowUp size={15} aria-hidden />
        {t('preferences:rule.explain')}
      </p>
      <RuleTools
        index={index}
        count={rules.length}
        onAdd={add}
        onEdit={() => selected !== null && edit(selected)}
        onRemove={() => selected !== null && remove(selected)}
        onMove={(by) => selected !== null && move(selected, by, true)}
      />
      {rules.length === 0 ? (
        <EmptyState icon={IconListCheck} text={t('preferences:rule.none')} />
      ) : (
        <RuleTable
          rules={rules}
          options={file.value.options}
          problems={ruleProblems}
          selected={selected}
          focus={focus}
          onFocused={focused}
          onSelect={setSelected}
          onEdit={edit}
          onRemove={remove}
          onMove={move}
        />
      )}
      <div className="sf-rule-said" role="status">
        {removed ? (
          <>
            <span className="sf-clip">
              {t('preferences:rule.removed')} <span className="sf-mono">{ruleLine(removed.rule)}</span>
            </span>
            <Button variant="subtle" size="compact-xs" onClick={() => undo(removed)}>
              {t('preferences:rule.undo')}
            </Button>
          </>
        ) : (
          <span className="sf-unseen">{said}</span>
        )}
      </div>
      {ruleProblems.map((problem) => (
        <p key={`${problem.rule} ${problem.option} ${problem.reason}`} className="sf-pref-note sf-bad">
          {t('preferences:rule.problem', { number: evaluationNumber(problem.rule ?? 0, rules.length) })}{' '}
          {problem.option} <Sentence text={problem.reason} />
        </p>
      ))}
      <RuleTest rules={rules} options={file.value.options} />
      {edited ? (
        <RuleDialog
          key={edited.key}
          rule={edited}
          rules={rules}
          options={file.value.options}
          onClose={() => {
            setEdited(null);
            setFocus(selected);
          }}
          onApply={apply}
        />
      ) : null}
    </div>
  );
}
