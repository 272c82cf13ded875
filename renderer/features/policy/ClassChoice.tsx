/** Where a management class is chosen: those of the repository, or any name while it is closed. */
import { Autocomplete } from '@mantine/core';
import type { PolicySet } from '#contract';
import { meaningOf } from '../../i18n/policy.ts';
import { t } from '../../i18n/t.ts';
import { classNamed, isSameName } from '../../stores/policy-draft.ts';
import { useValue } from '../../stores/use-stores.ts';

/** What is to be said about a typed name; `isWrong`: a backup would not be made as one thinks. */
export interface ClassNote {
  text: string;
  isWrong: boolean;
}

/** `set`: undefined while the repository is closed. */
export function classNote(name: string, set: PolicySet | undefined): ClassNote {
  const typed = name.trim();
  if (typed === '') return { text: '', isWrong: false };
  if (!set) return { text: t('policy:choice.notKnown'), isWrong: false };
  const found = classNamed(set, typed);
  if (!found) return { text: t('policy:choice.unknown', { name: typed }), isWrong: true };
  return found.backup
    ? { text: meaningOf(found.backup), isWrong: false }
    : { text: t('policy:choice.unusable', { name: found.name }), isWrong: true };
}

interface ClassChoiceProps {
  value: string;
  onChange(name: string): void;
  label?: string;
  description?: string;
  placeholder?: string | undefined;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  disabled?: boolean;
  /** Something else is wrong with it, too. */
  invalid: boolean;
}

export function ClassChoice({ value, onChange, invalid, ...shared }: ClassChoiceProps) {
  const set = useValue('policy', (state) => state.policy.value?.set);
  const note = classNote(value, set);
  const classes = set?.classes ?? [];
  return (
    <Autocomplete
      {...shared}
      size="xs"
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={value}
      onChange={onChange}
      data={classes.map(({ name }) => name)}
      error={note.isWrong ? note.text : invalid}
      spellCheck={false}
      maxLength={30}
      renderOption={({ option }) => {
        const one = classes.find(({ name }) => name === option.value);
        return (
          <span className="sf-option">
            <span>
              {option.value}
              {set && isSameName(set.defaultClass, option.value) ? (
                <span className="sf-dim"> · {t('policy:choice.default')}</span>
              ) : null}
            </span>
            <span className="sf-small sf-dim">{one ? meaningOf(one.backup) : null}</span>
          </span>
        );
      }}
    />
  );
}
