/** Restore in three steps: what, where, confirm. */
import { Modal, Stepper } from '@mantine/core';
import { RESTORE_STEPS } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ConfirmStep } from './ConfirmStep.tsx';
import { WhatStep } from './WhatStep.tsx';
import { WhereStep } from './WhereStep.tsx';

const CONTENT = { what: WhatStep, where: WhereStep, confirm: ConfirmStep } as const;
const TITLES = { what: 'What', where: 'Where', confirm: 'Confirm' } as const;

export function RestoreDialog() {
  const { restore } = useStores();
  const image = useValue('restore', (state) => state.image);
  const step = useValue('restore', (state) => state.step);
  const Content = CONTENT[step];
  return (
    <Modal
      opened={image !== null}
      onClose={() => restore.getState().close()}
      title={image ? `Restore ${image.fsLabel || image.volume}` : 'Restore'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={false}
      size={680}
    >
      <Stepper
        active={RESTORE_STEPS.indexOf(step)}
        size="xs"
        iconSize={22}
        className="sf-steps"
        allowNextStepsSelect={false}
      >
        {RESTORE_STEPS.map((each, index) => (
          <Stepper.Step
            key={each}
            label={TITLES[each]}
            aria-current={each === step ? 'step' : undefined}
            disabled={index > RESTORE_STEPS.indexOf(step)}
            onClick={() => restore.getState().goTo(each)}
          />
        ))}
      </Stepper>
      {image ? <Content image={image} /> : null}
    </Modal>
  );
}
