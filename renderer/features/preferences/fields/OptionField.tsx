/** One option: what it is, what it is set to and by whom, and the control that changes it. */
import { Button } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconLock, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImageRule, OptionDescription, PreferenceProblem } from '#contract';
import { Sentence } from '../../../components/Sentence.tsx';
import { StatusBadge } from '../../../components/StatusBadge.tsx';
import { optionHelp, optionLabel } from '../../../i18n/option-texts.ts';
import { translateSentence } from '../../../i18n/sentences/sentences.ts';
import { t } from '../../../i18n/t.ts';
import { OptionControl } from './OptionControl.tsx';
import { meansSame, rangeWords } from './option-values.ts';
import { fileName, originWords, overruling } from './source-words.ts';

interface OptionFieldProps {
  option: OptionDescription;
  /** What the field shows. */
  text: string;
  changed: boolean;
  problem: PreferenceProblem | undefined;
  rules: readonly ImageRule[];
  path: string;
  /** In place of the control that its type has. */
  control?: ReactNode;
  onText(text: string): void;
  onRestore(): void;
}

/** The id of an option's control, for labels and for whoever gives it the focus. */
export function controlId(name: string): string {
  return `preference-${name.replaceAll('.', '-')}`;
}

/** The ids of the texts that explain it. */
export function descriptionIds(name: string) {
  const id = controlId(name);
  return { help: `${id}-help`, origin: `${id}-origin`, note: `${id}-note` };
}

function Name({ option, changed }: Pick<OptionFieldProps, 'option' | 'changed'>) {
  return (
    <div className="sf-pref-name">
      <label htmlFor={controlId(option.name)}>{optionLabel(option.name)}</label>
      <code className="sf-mono sf-dim" title={option.display}>
        {option.name}
      </code>
      {changed ? <StatusBadge icon={IconPencil} word={t('preferences:field.changed')} tone="info" /> : null}
    </div>
  );
}

/** What cannot be edited here: the value, and who may. */
function LockedValue({ option, path, children }: { option: OptionDescription; path: string; children: ReactNode }) {
  const reason =
    option.type === 'command'
      ? t('preferences:locked.command', { file: fileName(path), name: option.name })
      : t('preferences:locked.other', { file: fileName(path), name: option.name });
  return (
    <>
      {children}
      <p className="sf-pref-note" title={path}>
        <IconLock size={13} aria-hidden />
        <span>{reason}</span>
      </p>
    </>
  );
}

function CommandValue({ option, text }: { option: OptionDescription; text: string }) {
  return (
    <output
      id={controlId(option.name)}
      aria-label={optionLabel(option.name)}
      className="sf-pref-command sf-mono sf-selectable"
    >
      {text === '' ? t('preferences:value.none') : text}
    </output>
  );
}

/** Under the control: what is wrong, else what may be given. */
function Note({ id, option, problem }: { id: string; option: OptionDescription; problem?: PreferenceProblem }) {
  if (problem) {
    const allowed = rangeWords(option) || translateSentence(problem.allowed);
    return (
      <p id={id} className="sf-pref-note sf-bad">
        <IconAlertCircle size={14} aria-label={t('preferences:field.problem')} />
        <span>
          <Sentence text={problem.reason} /> {allowed === '' ? null : t('preferences:field.allowed', { allowed })}
        </span>
      </p>
    );
  }
  const range = rangeWords(option);
  return (
    <p id={id} className="sf-pref-note" data-empty={range === '' || undefined}>
      {range}
    </p>
  );
}

export function OptionField(props: OptionFieldProps) {
  const { option, text, changed, problem, rules, path, onText, onRestore } = props;
  const id = controlId(option.name);
  const ids = descriptionIds(option.name);
  const overruled = overruling(option);
  const label = optionLabel(option.name);
  const editable = !option.locked && option.type !== 'command';
  const control = props.control ?? (
    <OptionControl
      option={option}
      text={text}
      onText={onText}
      id={id}
      label={label}
      describedBy={`${ids.help} ${ids.note} ${ids.origin}`}
      invalid={problem !== undefined}
      disabled={!editable}
    />
  );

  function restore(): void {
    onRestore();
    // The button goes with what it undid; the focus stays with the option.
    document.getElementById(id)?.focus();
  }

  return (
    <div className="sf-pref-field" data-changed={changed || undefined} data-option={option.name}>
      <div className="sf-pref-text">
        <Name option={option} changed={changed} />
        <p id={ids.help}>{optionHelp(option)}</p>
        <p id={ids.origin} className="sf-dim sf-small">
          {originWords(option, rules).join(' · ')}
          {overruled === undefined ? null : (
            <span className="sf-pref-overruled">
              <IconAlertTriangle size={13} aria-hidden />
              {overruled}
            </span>
          )}
        </p>
      </div>
      <div className="sf-pref-control">
        {editable ? (
          <>
            {control}
            <Note id={ids.note} option={option} {...(problem ? { problem } : {})} />
          </>
        ) : (
          <LockedValue option={option} path={path}>
            {option.type === 'command' ? <CommandValue option={option} text={text} /> : control}
          </LockedValue>
        )}
        {editable && !meansSame(option, text, option.default) ? (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={restore}
            aria-label={t('preferences:field.restoreOf', { label })}
          >
            {t('preferences:field.restore')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
