/** The rules in the order of the file, numbered as they are looked at. */
import { IconAlertCircle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { OptionDescription, PreferenceProblem } from '#contract';
import { StatusBadge } from '../../../components/StatusBadge.tsx';
import { useRovingRows } from '../../../components/use-roving-rows.ts';
import { optionLabel } from '../../../i18n/option-texts.ts';
import { translateSentence } from '../../../i18n/sentences/sentences.ts';
import { t } from '../../../i18n/t.ts';
import type { DraftRule } from '../../../stores/preference-draft.ts';
import { valueWords } from '../fields/option-values.ts';
import { evaluationNumber } from './rule-list.ts';

interface RuleTableProps {
  rules: readonly DraftRule[];
  options: readonly OptionDescription[];
  problems: readonly PreferenceProblem[];
  selected: string | null;
  /** The row that takes the focus once it is drawn. */
  focus: string | null;
  onFocused(): void;
  onSelect(key: string): void;
  onEdit(key: string): void;
  onRemove(key: string): void;
  onMove(key: string, by: 1 | -1): void;
}

/** What a rule sets, in words. */
function optionWords(rule: DraftRule, options: readonly OptionDescription[]): string {
  return Object.entries(rule.options)
    .map(([name, text]) => {
      const option = options.find((each) => each.name === name);
      return `${optionLabel(name)}: ${option ? valueWords(option, text) : text}`;
    })
    .join(', ');
}

function Kind({ kind }: Pick<DraftRule, 'kind'>) {
  return kind === 'include.image' ? (
    <StatusBadge icon={IconCircleCheck} tone="ok" word={t('preferences:rule.include')} hint={kind} />
  ) : (
    <StatusBadge icon={IconCircleMinus} tone="warn" word={t('preferences:rule.exclude')} hint={kind} />
  );
}

export function RuleTable(props: RuleTableProps) {
  const { rules, options, problems, selected, focus, onFocused, onSelect, onEdit, onRemove, onMove } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const roving = useRovingRows(
    'grid',
    rules.map(({ key }) => key),
    (key, pressed) => {
      if (pressed === 'Enter') onEdit(key);
      if (pressed === 'Delete') onRemove(key);
      return pressed === 'Enter' || pressed === 'Delete';
    },
  );

  // A row that was moved lost the focus on its way.
  useEffect(() => {
    if (focus === null) return;
    const rows = [...(body.current?.querySelectorAll<HTMLElement>('tr[data-row-key]') ?? [])];
    rows.find((row) => row.dataset.rowKey === focus)?.focus();
    onFocused();
  }, [focus, onFocused]);

  function press(event: KeyboardEvent<HTMLTableElement>): void {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const key = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row-key]')?.dataset.rowKey;
    if (!event.altKey || key === undefined || (by !== 1 && by !== -1)) {
      roving.container.onKeyDown(event);
      return;
    }
    event.preventDefault();
    onMove(key, by);
  }

  return (
    <table
      {...roving.container}
      className="sf-rules"
      aria-label={t('preferences:rule.list')}
      aria-describedby="rules-order"
      onKeyDown={press}
    >
      <thead>
        <tr className="sf-rule-row sf-tree-head">
          <th scope="col" title={t('preferences:rule.orderHelp')}>
            {t('preferences:rule.order')}
          </th>
          <th scope="col">{t('preferences:rule.kind')}</th>
          <th scope="col">{t('preferences:rule.pattern')}</th>
          <th scope="col" title={t('preferences:rule.class')}>
            {t('preferences:rule.classShort')}
          </th>
          <th scope="col">{t('preferences:rule.options')}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rules.map((rule, index) => {
          const problem = problems.find((each) => each.rule === index);
          const set = optionWords(rule, options);
          return (
            <tr
              key={rule.key}
              className="sf-rule-row"
              aria-selected={rule.key === selected}
              onClick={() => onSelect(rule.key)}
              onFocus={() => onSelect(rule.key)}
              onDoubleClick={() => onEdit(rule.key)}
              {...roving.row(rule.key)}
            >
              <td className="sf-rule-number">{evaluationNumber(index, rules.length)}</td>
              <td>
                <Kind kind={rule.kind} />
              </td>
              <td className="sf-mono sf-rule-pattern" title={rule.pattern}>
                {problem ? (
                  <IconAlertCircle
                    size={14}
                    className="sf-bad"
                    aria-label={translateSentence(problem.reason)}
                    title={translateSentence(problem.reason)}
                  />
                ) : null}
                <span className="sf-clip">{rule.pattern}</span>
              </td>
              <td className="sf-clip" title={rule.managementClass}>
                {rule.managementClass}
              </td>
              <td className="sf-clip sf-dim" title={set}>
                {set}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
