/** The line below a page of the wizard: back, finish later, and the way on. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

interface WizardButtonsProps {
  onBack?: () => void;
  onNext?: () => void;
  /** In place of *Next*. */
  children?: ReactNode;
}

export function WizardButtons({ onBack, onNext, children }: WizardButtonsProps) {
  const { setup, ui } = useStores();
  return (
    <div className="sf-button-row sf-wizard-buttons">
      {onBack ? (
        <Button variant="default" onClick={onBack}>
          {t('setup:back')}
        </Button>
      ) : null}
      <span className="sf-grow" />
      <Button
        variant="subtle"
        onClick={() => {
          setup.getState().finish();
          ui.getState().show('hub');
        }}
      >
        {t('setup:finishLater')}
      </Button>
      {onNext ? <Button onClick={onNext}>{t('setup:next')}</Button> : null}
      {children ?? null}
    </div>
  );
}
