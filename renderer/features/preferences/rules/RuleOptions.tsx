/** Options that a rule sets for the volumes it matches. */
import { ActionIcon, Select } from '@mantine/core';
import { IconAlertCircle, IconLock, IconX } from '@tabler/icons-react';
import type { OptionDescription, PreferenceProblem } from '#contract';
import { Sentence } from '../../../components/Sentence.tsx';
import { optionHelp, optionLabel } from '../../../i18n/option-texts.ts';
import { t } from '../../../i18n/t.ts';
import { OptionControl } from '../fields/OptionControl.tsx';
import { isYes, rangeWords } from '../fields/option-values.ts';

interface RuleOptionsProps {
  texts: Readonly<Record<string, string>>;
  options: readonly OptionDescription[];
  problems: readonly PreferenceProblem[];
  onTexts(texts: Record<string, string>): void;
}

/** What an option starts with in a rule: something else than holds without it. */
function firstText(option: OptionDescription): string {
  if (option.type === 'flag') return isYes(option.value) ? 'no' : 'yes';
  if (option.type === 'enum') return option.values.find((value) => value !== option.value) ?? '';
  return option.value || (option.minimum === undefined ? '' : String(option.minimum));
}

const controlId = (name: string): string => `rule-option-${name}`;

interface RowProps {
  option: OptionDescription;
  text: string;
  problem: PreferenceProblem | undefined;
  onText(text: string): void;
  onRemove(): void;
}

function Row({ option, text, problem, onText, onRemove }: RowProps) {
  const label = optionLabel(option.name);
  const id = controlId(option.name);
  return (
    <div className="sf-rule-option">
      <div className="sf-pref-name">
        <label htmlFor={id}>{label}</label>
        <code className="sf-mono sf-dim sf-clip">{option.name}</code>
      </div>
      {option.locked ? (
        <output id={id} aria-label={label} className="sf-pref-command sf-mono" title={text}>
          <IconLock size={13} aria-label={t('preferences:rule.kept')} /> {text}
        </output>
      ) : (
        <OptionControl
          option={option}
          text={text}
          onText={onText}
          id={id}
          label={label}
          describedBy={`${id}-note`}
          invalid={problem !== undefined}
          disabled={false}
          required
        />
      )}
      {option.locked ? (
        <span />
      ) : (
        <ActionIcon
          onClick={onRemove}
          aria-label={t('preferences:rule.optionRemove', { label })}
          title={t('preferences:rule.optionRemove', { label })}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      )}
      <p id={`${id}-note`} className={problem ? 'sf-pref-note sf-bad' : 'sf-pref-note'}>
        {problem ? <IconAlertCircle size={14} aria-label={t('preferences:field.problem')} /> : null}
        {problem ? <Sentence text={problem.reason} /> : option.locked ? t('preferences:rule.kept') : rangeWords(option)}
      </p>
    </div>
  );
}

export function RuleOptions({ texts, options, problems, onTexts }: RuleOptionsProps) {
  const usable = options.filter(({ places }) => places.includes('rule'));
  const set = usable.filter(({ name }) => Object.hasOwn(texts, name));
  const others = usable.filter(({ name, locked }) => !Object.hasOwn(texts, name) && !locked);

  function add(name: string | null): void {
    const option = others.find((each) => each.name === name);
    if (!option) return;
    onTexts({ ...texts, [option.name]: firstText(option) });
    // Its control is there after the next drawing.
    setTimeout(() => {
      const control = document.getElementById(controlId(option.name));
      control?.focus();
      if (control instanceof HTMLInputElement && option.type !== 'enum') control.select();
    });
  }

  return (
    <fieldset className="sf-rule-options">
      <legend>{t('preferences:rule.optionsTitle')}</legend>
      {set.map((option) => (
        <Row
          key={option.name}
          option={option}
          text={texts[option.name] ?? ''}
          problem={problems.find((problem) => problem.option === option.name)}
          onText={(text) => onTexts({ ...texts, [option.name]: text })}
          onRemove={() => {
            onTexts(Object.fromEntries(Object.entries(texts).filter(([name]) => name !== option.name)));
            document.getElementById('rule-add-option')?.focus();
          }}
        />
      ))}
      <Select
        id="rule-add-option"
        size="xs"
        aria-label={t('preferences:rule.optionAdd')}
        placeholder={t('preferences:rule.optionAdd')}
        searchable
        value={null}
        data={others.map((option) => ({ value: option.name, label: optionLabel(option.name) }))}
        onChange={add}
        renderOption={({ option: { value, label } }) => {
          const option = others.find((each) => each.name === value);
          return (
            <span className="sf-option">
              <span>{label}</span>
              <span className="sf-small sf-dim">{option ? optionHelp(option) : null}</span>
            </span>
          );
        }}
      />
    </fieldset>
  );
}
