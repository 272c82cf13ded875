/** The options that a backup of the tested volume would be made with; defaults fold in. */
import type { OptionDescription, RuleTest } from '#contract';
import { optionLabel } from '../../../i18n/option-texts.ts';
import { t } from '../../../i18n/t.ts';
import type { DraftRule } from '../../../stores/preference-draft.ts';
import { valueWords } from '../fields/option-values.ts';
import { sourceWords } from '../fields/source-words.ts';
import { evaluationNumber } from './rule-list.ts';

interface TestedOptionsProps {
  result: RuleTest;
  rules: readonly DraftRule[];
  options: readonly OptionDescription[];
}

type Tested = RuleTest['options'][number];

export function TestedOptions({ result, rules, options }: TestedOptionsProps) {
  const last = result.evaluated.at(-1);
  const fromRule = t('preferences:test.fromRule', { number: evaluationNumber(last?.rule ?? 0, rules.length) });

  const list = (tested: readonly Tested[]) => (
    <dl className="sf-test-options">
      {tested.map(({ name, value, source }) => {
        const option = options.find((each) => each.name === name);
        return (
          <div key={name}>
            <dt>{optionLabel(name)}</dt>
            <dd>{option ? valueWords(option, value) : value}</dd>
            <dd className="sf-dim sf-small">{source.from === 'rule' ? fromRule : sourceWords(source)}</dd>
          </div>
        );
      })}
    </dl>
  );

  const said = result.options.filter(({ source }) => source.from !== 'default');
  const defaults = result.options.filter(({ source }) => source.from === 'default');
  const inOrder = said.toSorted((a, b) => Number(b.source.from === 'rule') - Number(a.source.from === 'rule'));
  return (
    <>
      {list(inOrder)}
      {defaults.length > 0 ? (
        <details className="sf-details">
          <summary>{t('preferences:test.defaults', { count: defaults.length })}</summary>
          {list(defaults)}
        </details>
      ) : null}
    </>
  );
}
