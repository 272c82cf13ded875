/** Shows the recovery key, once. */
import { Button, Checkbox, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { useStores } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';

export function RecoveryKey({ recoveryKey }: { recoveryKey: string }) {
  const { repository } = useStores();
  const [stored, setStored] = useState(false);
  return (
    <SetupPage
      icon={IconKey}
      title="Your recovery key"
      lead="The repository is ready. This key opens it on any computer, with Stillframe or with restic."
    >
      <div className="sf-recovery">
        <code className="sf-selectable" data-testid="recovery-key">
          {recoveryKey}
        </code>
        <CopyButton value={recoveryKey} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy key'}
            </Button>
          )}
        </CopyButton>
      </div>
      <Notice tone="warn" title="It is shown only now">
        <p>
          Without a key the images cannot be decrypted by anyone. Store it in a password manager or print it, not on
          this computer alone.
        </p>
      </Notice>
      <Checkbox
        label="I have stored it"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <div className="sf-button-row end">
        <Button disabled={!stored} onClick={() => repository.getState().forgetRecoveryKey()}>
          Continue to Backup
        </Button>
      </div>
    </SetupPage>
  );
}
