/** Puts a new passphrase in the place of the present one, or adds one. */
import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { isComplete, NewPassphrase, type TypedPassphrase } from '../setup/NewPassphrase.tsx';

interface ChangePassphraseProps {
  onCancel(): void;
  onDone(): void;
}

export function ChangePassphrase({ onCancel, onDone }: ChangePassphraseProps) {
  const { keys } = useStores();
  const busy = useValue('keys', (state) => state.busy);
  const failure = useValue('keys', (state) => state.failure);
  const [addOnly, setAddOnly] = useState(false);
  const [present, setPresent] = useState('');
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const complete = isComplete(typed) && (addOnly || present !== '');

  async function submit(): Promise<void> {
    const current = addOnly ? undefined : present;
    if (await keys.getState().changePassphrase(current, typed.passphrase)) onDone();
  }

  return (
    <form
      className="sf-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void submit();
      }}
    >
      {failure ? <ErrorCard error={failure} /> : null}
      <p className="sf-dim sf-small">{t('authorization:changeLead')}</p>
      <Checkbox
        label={t('authorization:addOnly')}
        checked={addOnly}
        onChange={(event) => setAddOnly(event.currentTarget.checked)}
      />
      <PasswordInput
        label={t('authorization:present')}
        value={present}
        disabled={addOnly}
        autoComplete="current-password"
        data-autofocus
        onChange={(event) => setPresent(event.currentTarget.value)}
      />
      <NewPassphrase label={t('authorization:next')} typed={typed} onChange={setTyped} />
      <div className="sf-button-row end">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!complete} loading={busy}>
          {addOnly ? t('authorization:submitAdd') : t('authorization:submit')}
        </Button>
      </div>
    </form>
  );
}
