/** Light, dark, or the same as the system. */
import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const SCHEMES = {
  light: { next: 'dark', icon: IconSun, name: 'light' },
  dark: { next: 'auto', icon: IconMoon, name: 'dark' },
  auto: { next: 'light', icon: IconDeviceDesktop, name: 'same as system' },
} as const;

export function SchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { next, icon: Glyph, name } = SCHEMES[colorScheme];
  const label = `Appearance: ${name}. Change to ${SCHEMES[next].name}`;
  return (
    <ActionIcon size={26} onClick={() => setColorScheme(next)} aria-label={label} title={label}>
      <Glyph size={16} aria-hidden />
    </ActionIcon>
  );
}
