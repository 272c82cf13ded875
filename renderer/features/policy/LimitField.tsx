/** A whole number with its unit, and “no limit” where there may be none. */
import { Checkbox, TextInput } from '@mantine/core';
import { t } from '../../i18n/t.ts';

interface LimitFieldProps {
  label: string;
  help: string;
  unit: string;
  /** As typed, or `nolimit`. */
  text: string;
  /** What a field without limit gets when the limit is switched on. */
  usual: string;
  problem: string | undefined;
  mayBeUnlimited: boolean;
  onText(text: string): void;
}

export function LimitField({ label, help, unit, text, usual, problem, mayBeUnlimited, onText }: LimitFieldProps) {
  const unlimited = text === 'nolimit';
  return (
    <div className="sf-limit-field" data-limited={!mayBeUnlimited || undefined}>
      <TextInput
        label={label}
        description={help}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={unlimited ? '' : text}
        placeholder={unlimited ? t('policy:table.unlimited') : ''}
        disabled={unlimited}
        error={problem}
        inputMode="numeric"
        rightSection={<span className="sf-dim sf-small">{unit}</span>}
        rightSectionWidth={68}
        rightSectionPointerEvents="none"
        onChange={(event) => onText(event.currentTarget.value.trim())}
      />
      {mayBeUnlimited ? (
        <Checkbox
          label={t('policy:editor.unlimited')}
          aria-label={t('policy:editor.unlimitedFor', { field: label })}
          checked={unlimited}
          onChange={(event) => onText(event.currentTarget.checked ? 'nolimit' : usual)}
        />
      ) : null}
    </div>
  );
}
