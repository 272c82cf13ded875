/** Stops a task, or takes it out of the queue. Only a restore asks first: only there something is destroyed. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { TaskSnapshot } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

/** What stopping a task costs: nothing, a target that was partly overwritten, or the proof that it is right. */
export function costOfStopping({ kind, state, progress }: TaskSnapshot): 'nothing' | 'target' | 'proof' {
  if (kind !== 'restore' || state === 'queued') return 'nothing';
  if (progress?.phase === 'write') return 'target';
  return progress?.phase === 'verify' ? 'proof' : 'nothing';
}

export function CancelButton({ task }: { task: TaskSnapshot }) {
  const { tasks } = useStores();
  const [asking, setAsking] = useState(false);
  const cost = costOfStopping(task);
  const queued = task.state === 'queued';
  const { subject } = task;

  function stop(): void {
    setAsking(false);
    void tasks.getState().cancel(task.id);
  }

  return (
    <>
      <Button
        variant="default"
        disabled={task.state === 'cancelling'}
        aria-label={
          queued ? t('running:queue.removeNamed', { subject }) : t(`running:cancel.${task.kind}`, { subject })
        }
        onClick={() => (cost === 'nothing' ? stop() : setAsking(true))}
      >
        {queued ? t('running:queue.remove') : t('running:cancel.button')}
      </Button>
      <Modal
        opened={asking && cost !== 'nothing'}
        onClose={() => setAsking(false)}
        title={t('running:cancel.title', { target: subject })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size={480}
      >
        <div className="sf-stack">
          <p>{t(cost === 'proof' ? 'running:cancel.verifying' : 'running:cancel.writing', { target: subject })}</p>
          <div className="sf-button-row end">
            <Button color="red" onClick={stop}>
              {t('running:cancel.stop')}
            </Button>
            {/* The safe choice has the focus. */}
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t('running:cancel.goOn')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
