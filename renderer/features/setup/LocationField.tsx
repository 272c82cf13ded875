/** Where a repository is: typed, or chosen on the engine's computer. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { PathChooser } from '../browse/PathChooser.tsx';

interface LocationFieldProps {
  value: string;
  help?: string;
  onChange(location: string): void;
}

export function LocationField({ value, help, onChange }: LocationFieldProps) {
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="sf-field-row">
      <TextInput
        className="sf-grow"
        label={t('setup:create.location')}
        description={help}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
      />
      <Button variant="default" onClick={() => setChoosing(true)}>
        {t('setup:create.choose')}
      </Button>
      <Modal
        opened={choosing}
        onClose={() => setChoosing(false)}
        title={t('setup:create.chooseTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size={560}
      >
        <PathChooser
          kind="folder"
          submitLabel={t('setup:create.useFolder')}
          initialPath={value}
          onCancel={() => setChoosing(false)}
          onSubmit={(path) => {
            onChange(path);
            setChoosing(false);
          }}
        />
      </Modal>
    </div>
  );
}
