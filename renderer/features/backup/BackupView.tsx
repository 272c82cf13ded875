/** The Backup view: volumes, their details, type, estimate, the button, and what is running. */
import { Button } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { AddImageFileDialog } from './AddImageFileDialog.tsx';
import { BackupDock } from './BackupDock.tsx';
import { BackupToolbar } from './BackupToolbar.tsx';
import { InspectorDrawer, InspectorPane, useRoomForInspector } from './Inspector.tsx';
import { useSteadyVolumes, withMissed } from './steady-rows.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useNotes } from './use-notes.ts';
import { useExcludeRules, useVolumeWatch } from './use-volume-watch.ts';
import { VolumeTree } from './VolumeTree.tsx';
import { groupVolumes, type VolumeGroup } from './volume-tree.ts';

interface VolumesProps {
  groups: readonly VolumeGroup[];
  pointer: { onPointerEnter(): void; onPointerLeave(): void };
  now: number;
}

function Volumes({ groups, pointer, now }: VolumesProps) {
  const { volumes, backup, ui } = useStores();
  const list = useValue('volumes', (state) => state.list);
  const selected = useValue('backup', (state) => state.selected);
  const inspected = useValue('backup', (state) => state.inspected);
  const { notesOf } = useNotes();

  if (isFirstLoad(list, list.value.length === 0)) return <SkeletonRows label={t('backup:tree.loading')} />;
  return (
    <>
      {list.error ? (
        <div className="sf-pad">
          <ErrorCard
            error={list.error}
            action={
              <Button variant="default" onClick={() => void volumes.getState().refresh()}>
                {t('common:tryAgain')}
              </Button>
            }
          />
        </div>
      ) : null}
      <VolumeTree
        groups={groups}
        pointer={pointer}
        selected={selected}
        inspected={inspected}
        notesOf={notesOf}
        now={now}
        onChoose={backup.getState().choose}
        onInspect={backup.getState().inspect}
        onAddFile={() => ui.getState().openDialog('add-image-file')}
        onRemoveFile={(path) => {
          backup.getState().choose([path], false);
          void volumes.getState().removeFile(path);
        }}
      />
      {list.phase === 'ready' && list.value.length === 0 ? (
        <EmptyState
          icon={IconFilePlus}
          text={t('backup:tree.empty')}
          action={
            <Button variant="default" onClick={() => ui.getState().openDialog('add-image-file')}>
              {t('backup:tree.addFile')}
            </Button>
          }
        />
      ) : null}
    </>
  );
}

export function BackupView() {
  const now = useNow();
  const list = useValue('volumes', (state) => state.list.value);
  const gone = useValue('volumes', (state) => state.gone);
  const selected = useValue('backup', (state) => state.selected);
  const inspected = useValue('backup', (state) => state.inspected);
  const [drawer, setDrawer] = useState(false);
  const roomy = useRoomForInspector();
  const present = useMemo(() => withMissed(list, gone, selected), [list, gone, selected]);
  const { volumes, pointer } = useSteadyVolumes(present, gone);
  const rules = useValue('readiness', (state) => state.rules);
  const groups = useMemo(() => {
    const isOffline = (name: string) => gone[name] !== undefined;
    return groupVolumes(volumes, { isOffline, isExcluded: (name) => rules[name]?.excluded ?? false });
  }, [volumes, gone, rules]);
  const view = useKeptFocus();
  useVolumeWatch();
  useExcludeRules();
  // There is no place for both.
  useEffect(() => {
    if (roomy) setDrawer(false);
  }, [roomy]);

  const details = {
    volume: volumes.find(({ name }) => name === inspected),
    isDisk: groups.some(({ key, kind }) => kind === 'disk' && key === inspected),
    offline: inspected !== null && gone[inspected] !== undefined,
    now,
  };
  return (
    <div className="sf-view" ref={view}>
      <BackupToolbar onDetails={roomy ? undefined : () => setDrawer(true)} />
      <div className="sf-view-content sf-backup-content" data-room={roomy || undefined}>
        <div className="sf-backup-tree" data-pane>
          <Volumes groups={groups} pointer={pointer} now={now} />
        </div>
        {roomy ? <InspectorPane {...details} /> : null}
      </div>
      <BackupDock />
      {roomy ? null : <InspectorDrawer {...details} opened={drawer} onClose={() => setDrawer(false)} />}
      <AddImageFileDialog />
    </div>
  );
}
