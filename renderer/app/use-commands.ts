/** What every menu entry does, and whether it can be done now. */
import { useMantineColorScheme } from '@mantine/core';
import type { MenuCommand } from '#contract';
import { useStores, useValue } from '../stores/use-stores.ts';

export interface Command {
  run(): void;
  enabled: boolean;
  /** For entries of which one is chosen. */
  checked?: boolean;
}

/** By menu command; `file.quit` is the host's and not among them. */
export type Commands = Record<Exclude<MenuCommand, 'file.quit'>, Command>;

export function useCommands(): Commands {
  const { system, ui, backup, images, restore, repository, tasks, refresh } = useStores();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const online = useValue('connection', (state) => state.connection.phase === 'online');
  const ready = useValue('repository', (state) => state.status.value?.state === 'open') && online;
  const anySelected = useValue('backup', (state) => state.selected.length > 0 && !state.starting) && ready;
  const image = useValue('images', (state) => state.list.value.find((each) => each.id === state.selectedId) ?? null);
  const showing = useValue('ui', (state) => state.view);
  const imageShown = ready && image !== null && showing === 'restore';
  const { show, openDialog } = ui.getState();
  const always = (run: () => void): Command => ({ run, enabled: true });

  return {
    'file.addImageFile': { run: () => openDialog('add-image-file'), enabled: ready },
    'file.connection': always(() => openDialog('connection')),
    'edit.preferences': always(() => show('preferences')),
    'actions.backUp': { run: () => void backup.getState().start(), enabled: anySelected },
    'actions.estimate': { run: () => void backup.getState().estimate(), enabled: anySelected },
    'actions.backUpDomain': { run: () => show('backup'), enabled: ready },
    'actions.restore': { run: () => image && restore.getState().begin(image), enabled: imageShown },
    'actions.check': {
      run: () => {
        show('activity');
        void repository.getState().check(false);
      },
      enabled: ready,
    },
    'actions.checkData': {
      run: () => {
        show('activity');
        void repository.getState().check(true);
      },
      enabled: ready,
    },
    'utilities.setupWizard': { run: () => openDialog('setup-wizard'), enabled: online },
    'utilities.passphrase': { run: () => openDialog('passphrase'), enabled: ready },
    'utilities.errorLog': { run: () => openDialog('error-log'), enabled: online },
    'utilities.sweep': {
      run: () => {
        show('activity');
        void system.getState().sweep();
      },
      enabled: online,
    },
    'view.hub': always(() => show('hub')),
    'view.backup': always(() => show('backup')),
    'view.restore': always(() => show('restore')),
    'view.activity': always(() => show('activity')),
    'view.activeOnly': always(() => show('restore')),
    'view.activeAndInactive': always(() => show('restore')),
    'view.compare': { run: () => openDialog('compare'), enabled: imageShown },
    'view.fileDetails': {
      run: () => {
        if (image) void images.getState().loadDetails(image.id);
        openDialog('file-details');
      },
      enabled: imageShown,
    },
    'view.refresh': { run: () => void refresh(), enabled: online },
    'view.light': { run: () => setColorScheme('light'), enabled: true, checked: colorScheme === 'light' },
    'view.dark': { run: () => setColorScheme('dark'), enabled: true, checked: colorScheme === 'dark' },
    'view.system': { run: () => setColorScheme('auto'), enabled: true, checked: colorScheme === 'auto' },
    'window.taskList': always(() => tasks.getState().showList(!tasks.getState().listOpen)),
    'window.palette': always(() => undefined),
    'help.shortcuts': always(() => openDialog('shortcuts')),
    'help.about': always(() => openDialog('about')),
  };
}
