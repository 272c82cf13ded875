/** Where in the Setup Wizard the person is. */
import { IconCheck } from '@tabler/icons-react';
import { t } from '../../i18n/t.ts';
import { SETUP_STEPS, type SetupStep } from '../../stores/setup-store.ts';

export function SetupSteps({ step }: { step: SetupStep }) {
  const present = SETUP_STEPS.indexOf(step);
  return (
    <ol className="sf-setup-steps" aria-label={t('setup:steps')}>
      {SETUP_STEPS.map((each, index) => {
        const done = index < present;
        const word = t(`setup:step.${each}`);
        return (
          <li key={each} aria-current={each === step ? 'step' : undefined} data-done={done || undefined}>
            <span className="sf-setup-step-mark" aria-hidden>
              {done ? <IconCheck size={13} /> : index + 1}
            </span>
            <span aria-hidden={done}>{word}</span>
            {done ? <span className="sf-unseen">{t('setup:stepDone', { step: word })}</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
