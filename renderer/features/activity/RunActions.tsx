/** What can be done with a run: again, its image, its command; what cannot be done says why. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconPhoto, IconRefresh } from '@tabler/icons-react';
import type { RunSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { hasEnded } from '../../stores/activity-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

/** Why a run cannot be started again; empty where it can. */
function whyNotAgain(run: RunSummary): string {
  if (run.repeatable) return '';
  if (run.kind === 'restore') return t('activity:details.repeatRestore');
  return hasEnded(run) ? t('activity:details.repeatUnknown') : t('activity:details.repeatRunning');
}

function ShowImage({ id }: { id: string }) {
  const { images, ui } = useStores();
  const list = useValue('images', (state) => state.list);
  const isThere = list.value.some((image) => image.id === id);
  const gone = !isThere && list.phase === 'ready';
  return (
    <Button
      variant="default"
      leftSection={<IconPhoto size={15} aria-hidden />}
      disabled={!isThere}
      title={gone ? t('activity:details.imageGone') : undefined}
      onClick={() => {
        images.getState().select(id);
        ui.getState().show('restore');
      }}
    >
      {t('activity:details.showImage')}
    </Button>
  );
}

export function RunActions({ run, command }: { run: RunSummary; command: string }) {
  const { activity, ui } = useStores();
  const repeating = useValue('activity', (state) => state.repeating);
  const reason = whyNotAgain(run);
  const worked = run.state === 'succeeded';
  return (
    <>
      <div className="sf-button-row">
        <Button
          variant={worked || reason !== '' ? 'default' : 'filled'}
          leftSection={<IconRefresh size={15} aria-hidden />}
          disabled={reason !== '' || (repeating !== null && repeating !== run.id)}
          loading={repeating === run.id}
          onClick={() => {
            // What would go by now is another thing than what went then, so it is shown first.
            if (run.kind === 'expire') ui.getState().openDialog('expire');
            else void activity.getState().repeat(run.id);
          }}
        >
          {worked ? t('activity:details.repeatAgain') : t('activity:details.repeat')}
        </Button>
        {run.imageId === undefined ? null : <ShowImage id={run.imageId} />}
        {command === '' ? null : (
          <CopyButton value={command} timeout={1500}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
                title={command}
                onClick={copy}
              >
                {copied ? t('activity:details.copied') : t('activity:details.copyCommand')}
              </Button>
            )}
          </CopyButton>
        )}
      </div>
      {reason === '' ? null : <p className="sf-small sf-dim">{reason}</p>}
    </>
  );
}
