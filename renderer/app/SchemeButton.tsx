/** Light, dark, or the same as the system. */
import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { t } from '../i18n/t.ts';

const SCHEMES = {
  light: { next: 'dark', icon: IconSun },
  dark: { next: 'auto', icon: IconMoon },
  auto: { next: 'light', icon: IconDeviceDesktop },
} as const;

export function SchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { next, icon: Glyph } = SCHEMES[colorScheme];
  const label = t('shell:frame.appearance', {
    now: t(`shell:frame.${colorScheme}`),
    next: t(`shell:frame.${next}`),
  });
  return (
    <ActionIcon size={26} onClick={() => setColorScheme(next)} aria-label={label} title={label}>
      <Glyph size={16} aria-hidden />
    </ActionIcon>
  );
}
