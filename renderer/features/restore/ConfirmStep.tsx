/** Step 3: names what is overwritten and wants the target's name typed. The safe choice has the focus. */
import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { Trans } from 'react-i18next';
import type { ImageSummary, RestorePlan } from '#contract';
import { Bytes } from '../../components/Bytes.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { allowedPlan } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { TargetStrips } from './TargetStrips.tsx';
import { widestStrip } from './targets.ts';

function Overwritten({ image, plan }: { image: ImageSummary; plan: RestorePlan }) {
  const { target, targetName } = plan;
  const freeSpace = useValue('restore', (state) => state.freeSpace);
  const verify = useValue('restore', (state) => state.verify);
  return (
    <dl className="sf-overwritten">
      <dt>{t('restore:confirm.target')}</dt>
      <dd className="sf-mono sf-break">{targetName}</dd>
      {target ? (
        <>
          <dt>{t('restore:confirm.size')}</dt>
          <dd>
            <Bytes value={target.sizeBytes} />
          </dd>
          <dt>{target.kind === 'file' ? t('restore:confirm.kind') : t('restore:confirm.model')}</dt>
          <dd>
            {target.kind === 'file'
              ? t('restore:confirm.imageFile')
              : [target.model, target.serial].filter(Boolean).join(', ') || t('restore:confirm.unknown')}
          </dd>
        </>
      ) : null}
      {plan.targetExists ? (
        <>
          <dt>{t('restore:confirm.holds')}</dt>
          <dd>{plan.targetContent ? <Sentence text={plan.targetContent} /> : t('restore:confirm.nothing')}</dd>
        </>
      ) : null}
      <dt>{t('restore:confirm.gets')}</dt>
      <dd>{t('restore:confirm.getsValue', { size: formatBytes(plan.writeBytes), time: exactTime(image.time) })}</dd>
      <dt>{t('restore:confirm.freeSpace')}</dt>
      <dd>{t(`restore:what.${freeSpace}`)}</dd>
      <dt>{t('restore:confirm.check')}</dt>
      <dd>{t(verify ? 'restore:confirm.verified' : 'restore:confirm.notVerified')}</dd>
    </dl>
  );
}

export function ConfirmStep({ image }: { image: ImageSummary }) {
  const { restore, ui } = useStores();
  const plan = useValue('restore', allowedPlan);
  const confirmation = useValue('restore', (state) => state.confirmation);
  const starting = useValue('restore', (state) => state.starting);
  const failure = useValue('restore', (state) => state.failure);
  const back = useRef<HTMLButtonElement>(null);
  if (!plan) return null;
  const { targetName, target, targetExists } = plan;
  // Making a new file destroys nothing; everything else needs the name.
  const matches = !targetExists || confirmation === targetName;

  async function start(): Promise<void> {
    if (await restore.getState().start()) ui.getState().show('restore');
    // The button that was pressed was switched off meanwhile; the safe one leads on.
    else back.current?.focus();
  }

  return (
    <form
      className="sf-restore-step"
      onSubmit={(event) => {
        event.preventDefault();
        if (matches) void start();
      }}
    >
      <Notice
        tone={targetExists ? 'warn' : 'info'}
        title={t(targetExists ? 'restore:confirm.overwritten' : 'restore:confirm.created', { target: targetName })}
      >
        <Overwritten image={image} plan={plan} />
        {target ? <TargetStrips target={target} image={image} widest={widestStrip([target], image.imageSize)} /> : null}
      </Notice>
      {failure ? <ErrorCard error={failure} /> : null}
      {targetExists ? (
        <TextInput
          label={
            <Trans
              t={t}
              i18nKey="restore:confirm.type"
              values={{ target: targetName }}
              components={{ 1: <span className="sf-mono sf-break" /> }}
            />
          }
          aria-label={t('restore:confirm.typeLabel', { target: targetName })}
          value={confirmation}
          onChange={(event) => restore.getState().setConfirmation(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      <div className="sf-button-row end">
        <Button ref={back} variant="default" autoFocus onClick={() => restore.getState().goTo('where')}>
          {t('restore:dialog.back')}
        </Button>
        <Button type="submit" {...(targetExists ? { color: 'red' } : {})} disabled={!matches} loading={starting}>
          {t('restore:confirm.restoreTo', { target: targetName.split('/').at(-1) ?? targetName })}
        </Button>
      </div>
    </form>
  );
}
