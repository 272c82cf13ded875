/** Restore in three steps: what, where, confirm. */
import './restore-dialog.css';
import { Modal, Stepper } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { RESTORE_STEPS } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ConfirmStep } from './ConfirmStep.tsx';
import { WhatStep } from './WhatStep.tsx';
import { WhereStep } from './WhereStep.tsx';

const CONTENT = { what: WhatStep, where: WhereStep, confirm: ConfirmStep } as const;

export function RestoreDialog() {
  const { restore } = useStores();
  const image = useValue('restore', (state) => state.image);
  const step = useValue('restore', (state) => state.step);
  const Content = CONTENT[step];
  const name = image ? image.fsLabel || image.volume : '';
  return (
    <Modal
      opened={image !== null}
      onClose={() => restore.getState().close()}
      title={<span title={name}>{t('restore:dialog.title', { name })}</span>}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
      size={820}
      classNames={{ title: 'sf-clip' }}
    >
      <Stepper
        active={RESTORE_STEPS.indexOf(step)}
        size="xs"
        iconSize={22}
        className="sf-steps"
        allowNextStepsSelect={false}
        onStepClick={(index) => {
          const earlier = RESTORE_STEPS[index];
          if (earlier) restore.getState().goTo(earlier);
        }}
      >
        {RESTORE_STEPS.map((each, index) => (
          <Stepper.Step
            key={each}
            label={t(`restore:dialog.${each}`)}
            aria-current={each === step ? 'step' : undefined}
            disabled={index > RESTORE_STEPS.indexOf(step)}
          />
        ))}
      </Stepper>
      {image ? <Content image={image} /> : null}
    </Modal>
  );
}
