/** One option of the run: its control, what is in force without it, and what is wrong with the text. */
import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import type { OptionDescription } from '#contract';
import { optionChoice, optionHelp, optionLabel, optionUnit } from '../../i18n/option-texts.ts';
import { t } from '../../i18n/t.ts';
import { ClassChoice } from '../policy/ClassChoice.tsx';
import { InForce } from './InForce.tsx';

interface OptionFieldProps {
  name: string;
  /** Absent where the preferences could not be read. */
  option: OptionDescription | undefined;
  /** Empty: not set for the run. */
  text: string;
  problem: string | undefined;
  onChange(text: string): void;
}

/** Suffixes of a size, and the unit that each stands for. */
const UNITS = [
  { value: 'k', label: 'KiB' },
  { value: 'm', label: 'MiB' },
  { value: 'g', label: 'GiB' },
];

/** Wide enough for the letters of a unit. */
const CHARACTER_PX = 8;

/** Controls of one line stand beside each other, however much is said about them. */
const ORDER: ('label' | 'input' | 'error' | 'description')[] = ['label', 'input', 'error', 'description'];

interface ControlProps extends OptionFieldProps {
  label: string;
  description: string;
}

function ChoiceControl({ label, description, option, text, problem, name, onChange }: ControlProps) {
  const values = option?.type === 'flag' ? ['yes', 'no'] : (option?.values ?? []);
  const word = (value: string) =>
    option?.type === 'flag'
      ? t(value === 'yes' ? 'backup:options.yes' : 'backup:options.no')
      : optionChoice(name, value);
  return (
    <Select
      label={label}
      description={description}
      inputWrapperOrder={ORDER}
      value={text}
      error={problem !== undefined}
      data={[
        { value: '', label: t('backup:options.asPreferences') },
        ...values.map((value) => ({ value, label: word(value) })),
      ]}
      onChange={(value) => onChange(value ?? '')}
    />
  );
}

function SizeControl({ label, description, text, problem, onChange }: ControlProps) {
  const [, digits = text, suffix] = /^(.*?)([kmg])$/i.exec(text) ?? [];
  const [kept, setKept] = useState('k');
  const unit = suffix?.toLowerCase() ?? kept;
  const put = (count: string, with_: string) => onChange(count === '' ? '' : `${count}${with_}`);
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={ORDER}
      value={digits}
      error={problem !== undefined}
      placeholder={t('backup:options.asPreferences')}
      inputMode="numeric"
      rightSectionWidth={78}
      rightSection={
        <Select
          aria-label={t('backup:options.unitOf')}
          value={unit}
          data={UNITS}
          w={76}
          classNames={{ input: 'sf-unit-select' }}
          onChange={(next) => {
            setKept(next ?? 'k');
            put(digits, next ?? 'k');
          }}
        />
      }
      onChange={(event) => put(event.currentTarget.value.trim(), unit)}
    />
  );
}

function TextControl({ label, description, option, text, problem, onChange }: ControlProps) {
  const number = option?.type === 'integer';
  const unit = optionUnit(option?.unit ?? '');
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={ORDER}
      value={text}
      error={problem !== undefined}
      placeholder={t('backup:options.asPreferences')}
      spellCheck={false}
      {...(number ? { inputMode: 'numeric' as const } : {})}
      rightSection={unit ? <span className="sf-dim sf-small">{unit}</span> : null}
      rightSectionPointerEvents="none"
      rightSectionWidth={unit ? 18 + unit.length * CHARACTER_PX : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function ClassControl({ label, description, text, problem, onChange }: ControlProps) {
  return (
    <ClassChoice
      label={label}
      description={description}
      value={text}
      invalid={problem !== undefined}
      placeholder={t('backup:options.asPreferences')}
      onChange={onChange}
    />
  );
}

function controlFor(name: string, type: OptionDescription['type'] | undefined) {
  if (name === 'managementclass') return ClassControl;
  if (type === 'flag' || type === 'enum') return ChoiceControl;
  return type === 'size' ? SizeControl : TextControl;
}

/** In one place, so that nothing moves while somebody types: what holds without the text, or what is wrong with it. */
function Foot({ option, problem }: Pick<OptionFieldProps, 'option' | 'problem'>) {
  if (problem !== undefined) {
    return (
      <span className="sf-option-problem sf-bad" role="alert">
        <IconAlertTriangle size={13} aria-hidden />
        {problem}
      </span>
    );
  }
  return option ? <InForce option={option} /> : null;
}

export function OptionField(props: OptionFieldProps) {
  const { name, option, text, problem, onChange } = props;
  const label = optionLabel(name);
  const Control = controlFor(name, option?.type);
  return (
    <div className="sf-option-field" data-set={text !== '' || undefined}>
      <Control {...props} label={label} description={option ? optionHelp(option) : ''} />
      <div className="sf-option-foot">
        <Foot option={option} problem={problem} />
        {text === '' ? null : (
          <ActionIcon
            size={22}
            aria-label={t('backup:options.resetOne', { name: label })}
            title={t('backup:options.resetOne', { name: label })}
            onClick={() => onChange('')}
          >
            <IconRotate size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}
