/** File Details of the selected image, loading or failed included. */
import { Button } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { FileDetails } from './FileDetails.tsx';

export function SelectedDetails() {
  const { images } = useStores();
  const selectedId = useValue('images', (state) => state.selectedId);
  const details = useValue('images', (state) =>
    state.selectedId === null ? undefined : state.details[state.selectedId],
  );
  if (selectedId === null) return <p className="sf-dim">{t('details:select')}</p>;
  if (details?.value) return <FileDetails details={details.value} />;
  if (details?.error) {
    return (
      <ErrorCard
        error={details.error}
        action={
          <Button variant="default" onClick={() => void images.getState().loadDetails(selectedId)}>
            {t('tryAgain')}
          </Button>
        }
      />
    );
  }
  return <SkeletonRows label={t('details:loading')} />;
}
