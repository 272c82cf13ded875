/** Step 3: names what is overwritten and wants the target's name typed. The safe choice has the focus. */
import { Button, TextInput } from '@mantine/core';
import type { ImageSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { allowedPlan } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

export function ConfirmStep({ image }: { image: ImageSummary }) {
  const { restore, ui } = useStores();
  const state = useValue('restore', (each) => each);
  const plan = allowedPlan(state);
  if (!plan) return null;
  const { targetName, target } = plan;
  const matches = state.confirmation === targetName;

  async function start(): Promise<void> {
    if (await restore.getState().start()) ui.getState().show('restore');
  }

  return (
    <form
      className="sf-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (matches) void start();
      }}
    >
      <Notice
        tone="warn"
        title={plan.targetExists ? `Everything on ${targetName} is overwritten` : `${targetName} is created`}
      >
        <dl className="sf-overwritten">
          <dt>Target</dt>
          <dd className="sf-mono">{targetName}</dd>
          {target ? (
            <>
              <dt>Size</dt>
              <dd title={exactBytes(target.sizeBytes)}>{formatBytes(target.sizeBytes)}</dd>
              <dt>{target.kind === 'file' ? 'Kind' : 'Model'}</dt>
              <dd>
                {target.kind === 'file'
                  ? 'Image file'
                  : [target.model, target.serial].filter(Boolean).join(', ') || 'not known'}
              </dd>
            </>
          ) : null}
          <dt>Holds now</dt>
          <dd>{plan.targetContent || 'nothing'}</dd>
          <dt>Gets</dt>
          <dd>
            {formatBytes(plan.writeBytes)} of the image of {exactTime(image.time)}
          </dd>
        </dl>
      </Notice>
      {state.failure ? <ErrorCard error={state.failure} /> : null}
      <TextInput
        label={
          <>
            Type <span className="sf-mono">{targetName}</span> to confirm
          </>
        }
        aria-label={`Type ${targetName} to confirm`}
        value={state.confirmation}
        onChange={(event) => restore.getState().setConfirmation(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="sf-button-row end">
        <Button variant="default" autoFocus onClick={() => restore.getState().goTo('where')}>
          Back
        </Button>
        <Button type="submit" color="red" disabled={!matches} loading={state.starting}>
          Restore to {targetName.split('/').at(-1)}
        </Button>
      </div>
    </form>
  );
}
