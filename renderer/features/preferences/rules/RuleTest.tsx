/** Says step by step what the rules, saved or not, make of one volume. */
import { Autocomplete, Button } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconCircleMinus, IconMinus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { OptionDescription, RuleTest as Result, WireError } from '#contract';
import { ErrorCard } from '../../../components/ErrorCard.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { t } from '../../../i18n/t.ts';
import { type DraftRule, plainRule } from '../../../stores/preference-draft.ts';
import { useStores } from '../../../stores/use-stores.ts';
import { toWireError } from '../../../transport/remote-error.ts';
import { ruleLine } from '../changes.ts';
import { evaluationNumber } from './rule-list.ts';
import { TestedOptions } from './TestedOptions.tsx';
import { useVolumeNames } from './use-volume-names.ts';

interface RuleTestProps {
  rules: readonly DraftRule[];
  options: readonly OptionDescription[];
}

/** With the rules that it is about. */
interface Answer {
  value: Result | null;
  rules: DraftRule[];
  error: WireError | null;
}

function Steps({ result, rules }: { result: Result; rules: readonly DraftRule[] }) {
  return (
    <ol className="sf-lines sf-test-steps" aria-label={t('preferences:test.steps')}>
      {result.evaluated.map(({ rule: index, matches }) => {
        const rule = rules[index];
        if (!rule) return null;
        return (
          <li key={rule.key} data-matches={matches || undefined}>
            <span className="sf-rule-number">{evaluationNumber(index, rules.length)}</span>
            <span className="sf-mono sf-clip" title={ruleLine(rule)}>
              {ruleLine(rule)}
            </span>
            <span className="sf-test-verdict">
              {matches ? <IconArrowRight size={14} aria-hidden /> : <IconMinus size={14} aria-hidden />}
              {matches ? t('preferences:test.matches') : t('preferences:test.matchesNot')}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Verdict({ result, rules }: { result: Result; rules: readonly DraftRule[] }) {
  const last = result.evaluated.at(-1);
  const number = last?.matches ? evaluationNumber(last.rule, rules.length) : undefined;
  const because = number === undefined ? t('preferences:test.noRule') : t('preferences:test.becauseOf', { number });
  return (
    <p className="sf-test-result">
      {result.excluded ? (
        <IconCircleMinus size={17} className="sf-warn" aria-hidden />
      ) : (
        <IconCircleCheck size={17} className="sf-ok" aria-hidden />
      )}
      <span>
        <strong>
          {result.excluded
            ? t('preferences:test.excluded', { volume: result.volume })
            : t('preferences:test.included', { volume: result.volume, name: result.managementClass })}
        </strong>{' '}
        <span className="sf-dim">{because}</span>
      </span>
    </p>
  );
}

export function RuleTest({ rules, options }: RuleTestProps) {
  const { client } = useStores();
  const names = useVolumeNames();
  const [typed, setTyped] = useState('');
  const [volume, setVolume] = useState('');
  const [answer, setAnswer] = useState<Answer>({ value: null, rules: [], error: null });
  // The rules count by what they say, not by which list they are in.
  const asked = JSON.stringify(rules);

  useEffect(() => {
    if (volume === '') return;
    let current = true;
    const tested = JSON.parse(asked) as DraftRule[];
    client.preferences.test({ volume, rules: tested.map(plainRule) }).then(
      (value) => current && setAnswer({ value, rules: tested, error: null }),
      (thrown: unknown) => current && setAnswer({ value: null, rules: [], error: toWireError(thrown) }),
    );
    return () => {
      current = false;
    };
  }, [client, volume, asked]);

  const { value, error } = answer;
  return (
    <section className="sf-pref-test" aria-label={t('preferences:test.title')}>
      <h3>{t('preferences:test.title')}</h3>
      <form
        className="sf-field-row"
        onSubmit={(event) => {
          event.preventDefault();
          setVolume(typed.trim());
        }}
      >
        <Autocomplete
          size="xs"
          className="sf-grow"
          label={t('preferences:test.volume')}
          placeholder="/home"
          data={names}
          value={typed}
          onChange={setTyped}
          onOptionSubmit={setVolume}
          limit={8}
          spellCheck={false}
        />
        <Button type="submit" variant="default" disabled={typed.trim() === ''}>
          {t('preferences:test.run')}
        </Button>
      </form>
      <div aria-live="polite" className="sf-stack tight">
        {error ? <ErrorCard error={error} /> : null}
        {value && !error ? (
          <>
            <Verdict result={value} rules={answer.rules} />
            {value.evaluated.length > 0 ? <Steps result={value} rules={answer.rules} /> : null}
            {value.excluded ? <Notice tone="info">{t('preferences:test.excludedMeans')}</Notice> : null}
            {value.excluded ? null : <TestedOptions result={value} rules={answer.rules} options={options} />}
          </>
        ) : null}
      </div>
    </section>
  );
}
