/** Where the images go and how they are protected. */
import { Button, Radio } from '@mantine/core';
import { IconDatabasePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { LocationField } from './LocationField.tsx';
import { isComplete, NewPassphrase, type TypedPassphrase } from './NewPassphrase.tsx';
import { SetupPage } from './SetupPage.tsx';

interface CreateRepositoryProps {
  location: string;
  onOpenExisting(): void;
  /** Back to the repository that is open. */
  onKeepPresent?: (() => void) | undefined;
}

export function CreateRepository({ location: suggested, onOpenExisting, onKeepPresent }: CreateRepositoryProps) {
  const { repository } = useStores();
  const busy = useValue('repository', (state) => state.busy);
  const failure = useValue('repository', (state) => state.failure);
  const [location, setLocation] = useState(suggested);
  const [own, setOwn] = useState(false);
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const passphrase = own ? typed.passphrase : undefined;
  const complete = location !== '' && (!own || isComplete(typed));

  return (
    <SetupPage step="repository" icon={IconDatabasePlus} title={t('setup:create.title')} lead={t('setup:create.lead')}>
      {failure ? (
        <ErrorCard
          error={failure}
          action={
            failure.code === 'REPOSITORY_EXISTS' ? (
              <Button variant="default" onClick={() => void repository.getState().open(location, passphrase)}>
                {t('setup:create.openIt')}
              </Button>
            ) : null
          }
        />
      ) : null}
      <form
        className="sf-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void repository.getState().create(location, passphrase);
        }}
      >
        <LocationField value={location} help={t('setup:create.locationHelp')} onChange={setLocation} />
        <Radio.Group
          label={t('setup:protection.label')}
          value={own ? 'passphrase' : 'generated'}
          onChange={(value) => setOwn(value === 'passphrase')}
        >
          <div className="sf-stack tight sf-radio-stack">
            <Radio
              value="generated"
              label={t('setup:protection.generated')}
              description={t('setup:protection.generatedHelp')}
            />
            <Radio
              value="passphrase"
              label={t('setup:protection.passphrase')}
              description={t('setup:protection.passphraseHelp')}
            />
          </div>
        </Radio.Group>
        {own ? <NewPassphrase label={t('setup:protection.passphrase')} typed={typed} onChange={setTyped} /> : null}
        <p className="sf-dim sf-small">{t('setup:create.recoveryNote')}</p>
        <div className="sf-button-row">
          <Button variant="subtle" className="sf-text-button" onClick={onOpenExisting}>
            {t('setup:create.openExisting')}
          </Button>
          <span className="sf-grow" />
          {onKeepPresent ? (
            <Button variant="default" onClick={onKeepPresent}>
              {t('setup:create.keepPresent')}
            </Button>
          ) : null}
          <Button type="submit" disabled={!complete} loading={busy}>
            {t('setup:create.submit')}
          </Button>
        </div>
      </form>
    </SetupPage>
  );
}
