/** View → Compare images: which blocks differ between two images of one volume. */
import { Modal } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { Comparison } from './Comparison.tsx';
import { firstChoice, imagesOf } from './comparison-choice.ts';

function Content() {
  const volume = useValue('images', (state) => state.volume);
  const list = useValue('images', (state) => state.list.value);
  const selectedId = useValue('images', (state) => state.selectedId);
  const images = imagesOf(list, volume);
  const choice = firstChoice(images, selectedId);
  if (choice !== undefined) return <Comparison key={volume} images={images} first={choice} />;
  const text = volume === null ? t('blocks:compare.none') : t('blocks:compare.onlyOne', { volume });
  return <EmptyState icon={IconColumns2} text={text} />;
}

export function CompareDialog() {
  const { ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'compare');
  const volume = useValue('images', (state) => state.volume);
  return (
    <Modal
      opened={opened}
      onClose={() => ui.getState().closeDialog()}
      title={volume === null ? t('blocks:compare.title') : t('blocks:compare.titleOf', { volume })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={760}
    >
      <Content />
    </Modal>
  );
}
