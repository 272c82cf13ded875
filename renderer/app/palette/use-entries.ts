/** Everything that the palette offers: commands that can be done now, views, preferences, volumes, recent images. */
import type { Icon } from '@tabler/icons-react';
import { IconArrowBarToDown, IconArrowBarUp, IconArrowRight, IconBolt, IconSettings } from '@tabler/icons-react';
import { MENU_LABELS, menuCommands, preferenceTabSchema, type Volume } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { keyText } from '../../i18n/keys.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import type { Commands } from '../use-commands.ts';

export type EntryGroup = 'commands' | 'views' | 'volumes' | 'images' | 'preferences';

export interface PaletteEntry {
  id: string;
  group: EntryGroup;
  label: string;
  /** Said after the label and searched as well. */
  detail: string;
  icon: Icon;
  key?: string | undefined;
  run(): void;
}

const RECENT_IMAGES = 10;
const VIEW_COMMANDS = ['view.hub', 'view.backup', 'view.restore', 'view.activity', 'edit.preferences'];

/** What people call a volume: its label, else where it is mounted, else its device or file. */
function nameOf(volume: Volume): string {
  return volume.label || volume.mounts[0]?.mountPoint || volume.name.split('/').at(-1) || volume.name;
}

function useVolumeEntries(ready: boolean): PaletteEntry[] {
  const { ui, backup } = useStores();
  const volumes = useValue('volumes', (state) => state.list.value);
  if (!ready) return [];
  return volumes
    .filter((volume) => volume.kind !== 'disk' && volume.readable)
    .map((volume) => ({
      id: `volume ${volume.name}`,
      group: 'volumes',
      label: t('shell:palette.backUp', { volume: nameOf(volume) }),
      detail: volume.name,
      icon: IconArrowBarUp,
      run() {
        backup.getState().choose([volume.name], true);
        ui.getState().show('backup');
      },
    }));
}

function useImageEntries(ready: boolean): PaletteEntry[] {
  const { ui, images, volumes } = useStores();
  const list = useValue('images', (state) => state.list.value);
  if (!ready) return [];
  const known = volumes.getState().list.value;
  return [...list]
    .sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .slice(0, RECENT_IMAGES)
    .map((image) => {
      const volume = known.find(({ name }) => name === image.volume);
      const called = image.fsLabel || (volume ? nameOf(volume) : image.volume);
      return {
        id: `image ${image.id}`,
        group: 'images',
        label: t('shell:palette.restore', { volume: called, time: exactTime(image.time) }),
        detail: image.volume,
        icon: IconArrowBarToDown,
        run() {
          images.getState().select(image.id);
          ui.getState().show('restore');
        },
      };
    });
}

/** In reading order, group by group. */
export function usePaletteEntries(commands: Commands): PaletteEntry[] {
  const { preferences, ui } = useStores();
  const ready = useValue('repository', (state) => state.status.value?.state === 'open');
  const volumes = useVolumeEntries(ready);
  const images = useImageEntries(ready);
  const labels = MENU_LABELS[currentLanguage()];
  const fromMenus = menuCommands().flatMap<PaletteEntry>(({ command, accelerator }) => {
    if (command === 'file.quit' || command === 'window.palette' || !commands[command].enabled) return [];
    const isView = VIEW_COMMANDS.includes(command);
    const [menu = 'file'] = command.split('.');
    return [
      {
        id: command,
        group: isView ? 'views' : 'commands',
        label: labels[command],
        detail: isView ? '' : labels[menu as keyof typeof labels],
        icon: isView ? IconArrowRight : IconBolt,
        key: accelerator ? keyText(accelerator) : undefined,
        run: commands[command].run,
      },
    ];
  });
  const tabs = preferenceTabSchema.options.map<PaletteEntry>((tab) => ({
    id: `preferences ${tab}`,
    group: 'preferences',
    label: t(`preferences:tabs.${tab}`),
    detail: labels['edit.preferences'],
    icon: IconSettings,
    run() {
      preferences.getState().showTab(tab);
      ui.getState().show('preferences');
    },
  }));
  return [
    ...VIEW_COMMANDS.flatMap((id) => fromMenus.filter((entry) => entry.id === id)),
    ...fromMenus.filter(({ group }) => group === 'commands'),
    ...volumes,
    ...images,
    ...tabs,
  ];
}
