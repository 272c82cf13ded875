/** Details of the row that has the focus: at the right, or in a drawer where the window is narrow. */
import './inspector.css';
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Volume } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { t } from '../../i18n/t.ts';
import { DiskDetails } from './DiskDetails.tsx';
import { VolumeDetails } from './VolumeDetails.tsx';

/** The window has room for the details beside the tree. */
export function useRoomForInspector(): boolean {
  return useMediaQuery('(width >= 1200px)', true, { getInitialValueInEffect: false }) ?? true;
}

interface InspectorProps {
  volume: Volume | undefined;
  /** It carries the others of its group. */
  isDisk: boolean;
  offline: boolean;
  now: number;
}

function Content({ volume, isDisk, offline, now }: InspectorProps) {
  if (!volume) return <EmptyState icon={IconInfoCircle} text={t('backup:inspector.empty')} action={null} />;
  if (isDisk) return <DiskDetails disk={volume} />;
  return <VolumeDetails key={volume.name} volume={volume} offline={offline} now={now} />;
}

/** Beside the tree. */
export function InspectorPane(props: InspectorProps) {
  return (
    <aside className="sf-backup-inspector" aria-label={t('backup:inspector.title')} data-pane tabIndex={-1}>
      <Content {...props} />
    </aside>
  );
}

/** Over the tree, opened by a button. */
export function InspectorDrawer({ opened, onClose, ...props }: InspectorProps & { opened: boolean; onClose(): void }) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={360}
      // Locking the page's scroll would inject a style sheet at run time.
      lockScroll={false}
      transitionProps={{ duration: 120 }}
      title={t('backup:inspector.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Content {...props} />
    </Drawer>
  );
}
