/** The way on after a file system turned out to be damaged: every block is read, whatever the file system says. */
import { Button } from '@mantine/core';
import type { WireError } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

/** True for errors that an image of the whole volume gets around. */
export function isAboutTheMap(error: Pick<WireError, 'code'>): boolean {
  return error.code === 'FILESYSTEM_DAMAGED' || error.code === 'FILESYSTEM_UNSUPPORTED';
}

interface ImageWholeButtonProps {
  volume: string;
  /** Puts away what the error was shown in. */
  onStarted?(): void;
}

export function ImageWholeButton({ volume, onStarted }: ImageWholeButtonProps) {
  const { backup } = useStores();
  return (
    <Button
      variant="default"
      aria-label={t('running:wayOn.wholeNamed', { subject: volume })}
      onClick={() => {
        void backup.getState().startRaw(volume);
        onStarted?.();
      }}
    >
      {t('running:wayOn.whole')}
    </Button>
  );
}
