/** First run: where the images go and how they are protected. */
import { Button, Modal, PasswordInput, Radio, TextInput } from '@mantine/core';
import { IconDatabasePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { PathChooser } from '../browse/PathChooser.tsx';
import { SetupPage } from './SetupPage.tsx';

const SHORTEST_PASSPHRASE = 8;

interface Protection {
  own: boolean;
  passphrase: string;
  repeated: string;
}

function problemOf({ own, passphrase, repeated }: Protection): string | null {
  if (!own || passphrase === '') return null;
  if (passphrase.length < SHORTEST_PASSPHRASE) return `At least ${SHORTEST_PASSPHRASE} characters.`;
  if (repeated !== '' && repeated !== passphrase) return 'The two passphrases differ.';
  return null;
}

export function CreateRepository({ location: suggested }: { location: string }) {
  const { repository } = useStores();
  const busy = useValue('repository', (state) => state.busy);
  const failure = useValue('repository', (state) => state.failure);
  const [location, setLocation] = useState(suggested);
  const [choosing, setChoosing] = useState(false);
  const [protection, setProtection] = useState<Protection>({ own: false, passphrase: '', repeated: '' });
  const { own, passphrase, repeated } = protection;
  const problem = problemOf(protection);
  const complete = location !== '' && problem === null && (!own || (passphrase !== '' && repeated === passphrase));

  return (
    <SetupPage
      icon={IconDatabasePlus}
      title="Create a repository"
      lead="Images are stored in a repository: an encrypted, deduplicated folder in restic’s open format. Keep it on another drive than the volumes you back up."
    >
      {failure ? (
        <ErrorCard
          error={failure}
          action={
            failure.code === 'REPOSITORY_EXISTS' ? (
              <Button
                variant="default"
                onClick={() => void repository.getState().open(location, own ? passphrase : undefined)}
              >
                Open it
              </Button>
            ) : null
          }
        />
      ) : null}
      <form
        className="sf-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void repository.getState().create(location, own ? passphrase : undefined);
        }}
      >
        <div className="sf-field-row">
          <TextInput
            className="sf-grow"
            label="Location"
            description="A folder that is empty or does not exist yet."
            value={location}
            onChange={(event) => setLocation(event.currentTarget.value)}
            spellCheck={false}
          />
          <Button variant="default" onClick={() => setChoosing(true)}>
            Choose…
          </Button>
        </div>
        <Radio.Group
          label="Protection"
          value={own ? 'passphrase' : 'generated'}
          onChange={(value) => setProtection({ ...protection, own: value === 'passphrase' })}
        >
          <div className="sf-stack tight sf-radio-stack">
            <Radio
              value="generated"
              label="Generated key"
              description="Stillframe makes a key and keeps it for your user. Backups run without asking."
            />
            <Radio
              value="passphrase"
              label="Passphrase"
              description="You are asked for it whenever the repository is opened. It is stored nowhere."
            />
          </div>
        </Radio.Group>
        {own ? (
          <div className="sf-field-pair">
            <PasswordInput
              label="Passphrase"
              value={passphrase}
              error={problem}
              autoComplete="new-password"
              onChange={(event) => setProtection({ ...protection, passphrase: event.currentTarget.value })}
            />
            <PasswordInput
              label="Repeat passphrase"
              value={repeated}
              autoComplete="new-password"
              onChange={(event) => setProtection({ ...protection, repeated: event.currentTarget.value })}
            />
          </div>
        ) : null}
        <p className="sf-dim sf-small">
          In both cases you get a recovery key next. It opens the repository when all else is lost.
        </p>
        <div className="sf-button-row end">
          <Button type="submit" disabled={!complete} loading={busy}>
            Create repository
          </Button>
        </div>
      </form>
      <Modal
        opened={choosing}
        onClose={() => setChoosing(false)}
        title="Choose a folder for the repository"
        closeButtonProps={{ 'aria-label': 'Close' }}
        size={560}
      >
        <PathChooser
          kind="folder"
          submitLabel="Use this folder"
          initialPath={location}
          onCancel={() => setChoosing(false)}
          onSubmit={(path) => {
            setLocation(path);
            setChoosing(false);
          }}
        />
      </Modal>
    </SetupPage>
  );
}
