/** Two fields for a new passphrase and what is to be said about it. */
import { PasswordInput } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { PassphraseStrength } from './PassphraseStrength.tsx';

export const SHORTEST_PASSPHRASE = 8;

/** What is typed in both fields. */
export interface TypedPassphrase {
  passphrase: string;
  repeated: string;
}

/** Why it cannot be taken yet; null where nothing was typed or all is well. */
export function passphraseProblem({ passphrase, repeated }: TypedPassphrase): string | null {
  if (passphrase === '') return null;
  if (passphrase.length < SHORTEST_PASSPHRASE) return t('setup:protection.tooShort', { count: SHORTEST_PASSPHRASE });
  return repeated !== '' && repeated !== passphrase ? t('setup:protection.differ') : null;
}

export function isComplete(typed: TypedPassphrase): boolean {
  return typed.passphrase !== '' && typed.repeated === typed.passphrase && passphraseProblem(typed) === null;
}

interface NewPassphraseProps {
  label: string;
  typed: TypedPassphrase;
  onChange(typed: TypedPassphrase): void;
}

export function NewPassphrase({ label, typed, onChange }: NewPassphraseProps) {
  const { passphrase, repeated } = typed;
  return (
    <div className="sf-stack tight">
      <div className="sf-field-pair">
        <PasswordInput
          label={label}
          value={passphrase}
          error={passphraseProblem(typed)}
          autoComplete="new-password"
          onChange={(event) => onChange({ passphrase: event.currentTarget.value, repeated })}
        />
        <PasswordInput
          label={t('setup:protection.repeat')}
          value={repeated}
          autoComplete="new-password"
          onChange={(event) => onChange({ passphrase, repeated: event.currentTarget.value })}
        />
      </div>
      <PassphraseStrength passphrase={passphrase} />
    </div>
  );
}
