/** Why an image could not be brought back; dialogs show their own failures. */
import { Button } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

export function MarkFailure() {
  const { retention } = useStores();
  const failure = useValue('retention', (state) => state.failure);
  const dialog = useValue('ui', (state) => state.dialog);
  if (failure === null || dialog !== null) return null;
  return (
    <div className="sf-mark-failure">
      <ErrorCard
        error={failure}
        action={
          <Button variant="default" onClick={() => retention.getState().clearFailure()}>
            {t('common:close')}
          </Button>
        }
      />
    </div>
  );
}
