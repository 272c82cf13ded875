/** What every menu entry does, whether it can be done now, and if not, why. */
import { useMantineColorScheme } from '@mantine/core';
import type { MenuCommand } from '#contract';
import { t } from '../i18n/t.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

export interface Command {
  run(): void;
  enabled: boolean;
  /** For entries of which one is chosen. */
  checked?: boolean;
  /** Why it cannot be done now: one sentence. */
  reason?: string;
}

/** By menu command; `file.quit` is the host's and not among them. */
export type Commands = Record<Exclude<MenuCommand, 'file.quit'>, Command>;

const NO_VOLUMES: readonly string[] = [];

export function useCommands(): Commands {
  const { setup, system, ui, backup, images, restore, repository, retention, tasks, refresh } = useStores();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const online = useValue('connection', (state) => state.connection.phase === 'online');
  const open = useValue('repository', (state) => state.status.value?.state === 'open');
  const anySelected = useValue('backup', (state) => state.selected.length > 0 && !state.starting);
  const domain = useValue('preferences', (state) => state.file.value?.domain ?? NO_VOLUMES);
  const image = useValue('images', (state) => state.list.value.find((each) => each.id === state.selectedId) ?? null);
  const isDeleted = image?.deletedAt !== undefined;
  const showing = useValue('ui', (state) => state.view);
  const inactiveShown = useValue('images', (state) => state.inactiveShown);
  const { show, openDialog } = ui.getState();

  const always = (run: () => void): Command => ({ run, enabled: true });
  /** The first condition that does not hold says why not. */
  function when(run: () => void, ...conditions: (readonly [holds: boolean, reason: string])[]): Command {
    const broken = conditions.find(([holds]) => !holds);
    return broken ? { run, enabled: false, reason: broken[1] } : { run, enabled: true };
  }
  const connected = [online, t('shell:unavailable.offline')] as const;
  const opened = [open, t('shell:unavailable.notOpen')] as const;
  const chosen = [anySelected, t('shell:unavailable.nothingSelected')] as const;
  const pointed = [image !== null && showing === 'restore', t('shell:unavailable.noImage')] as const;

  const restorable = [!isDeleted, t('retention:deletedReason')] as const;
  const ours = [image?.origin !== 'restic', t('shell:unavailable.foreign')] as const;
  const deactivatable = [image?.active === true, t('shell:unavailable.notActive')] as const;
  /** About the selected image. */
  const aboutImage = [connected, opened, pointed] as const;

  function check(readData: boolean): void {
    show('activity');
    void repository.getState().check(readData);
  }

  function backUpDomain(): void {
    // There, what was refused and what runs can be seen.
    show('backup');
    void backup.getState().backUpDomain();
  }

  function scheme(name: 'light' | 'dark' | 'auto'): Command {
    return { run: () => setColorScheme(name), enabled: true, checked: colorScheme === name };
  }

  function imagesShown(withInactive: boolean): Command {
    return {
      run: () => {
        images.getState().setInactive(withInactive);
        show('restore');
      },
      enabled: true,
      checked: inactiveShown === withInactive,
    };
  }

  return {
    'file.addImageFile': when(
      () => {
        // The dialog is the Backup view's.
        show('backup');
        openDialog('add-image-file');
      },
      connected,
      opened,
    ),
    'file.connection': always(() => openDialog('connection')),
    'edit.preferences': always(() => show('preferences')),
    'actions.backUp': when(() => void backup.getState().start(), connected, opened, chosen),
    'actions.estimate': when(() => void backup.getState().estimate(), connected, opened, chosen),
    'actions.backUpDomain': when(backUpDomain, connected, opened, [domain.length > 0, t('shell:unavailable.noDomain')]),
    'actions.restore': when(() => image && restore.getState().begin(image), ...aboutImage, restorable),
    'actions.pin': when(() => openDialog('pin'), ...aboutImage, restorable, ours),
    'actions.deleteBackup': when(() => openDialog('delete-backup'), ...aboutImage, restorable),
    'actions.undelete': when(() => image && void retention.getState().undeleteImages([image.id]), ...aboutImage, [
      isDeleted,
      t('shell:unavailable.notDeleted'),
    ]),
    'actions.deactivate': when(() => openDialog('deactivate'), ...aboutImage, deactivatable),
    'actions.expire': when(() => openDialog('expire'), connected, opened),
    'actions.prune': when(() => openDialog('prune'), connected, opened),
    'actions.check': when(() => check(false), connected, opened),
    'actions.checkData': when(() => check(true), connected, opened),
    'utilities.policy': when(() => openDialog('policy'), connected, opened),
    'utilities.setupWizard': when(() => setup.getState().begin(), connected),
    'utilities.passphrase': when(() => openDialog('passphrase'), connected, opened),
    'utilities.schedules': when(() => openDialog('schedules'), connected),
    'utilities.errorLog': when(() => openDialog('error-log'), connected),
    'utilities.sweep': when(() => {
      show('activity');
      void system.getState().sweep();
    }, connected),
    'view.hub': always(() => show('hub')),
    'view.backup': always(() => show('backup')),
    'view.restore': always(() => show('restore')),
    'view.activity': always(() => show('activity')),
    'view.activeOnly': imagesShown(false),
    'view.activeAndInactive': imagesShown(true),
    'view.compare': when(() => openDialog('compare'), connected, opened, pointed),
    'view.fileDetails': when(
      () => {
        if (image) void images.getState().loadDetails(image.id);
        openDialog('file-details');
      },
      connected,
      opened,
      pointed,
    ),
    'view.refresh': when(() => void refresh(), connected),
    'view.light': scheme('light'),
    'view.dark': scheme('dark'),
    'view.system': scheme('auto'),
    'window.taskList': always(() => tasks.getState().showList(!tasks.getState().listOpen)),
    'window.palette': always(() => openDialog('palette')),
    'help.shortcuts': always(() => openDialog('shortcuts')),
    'help.about': always(() => openDialog('about')),
  };
}
