/** Keys as people read them on their keyboard. */
import { t } from './t.ts';

/** A Mac says the same keys with signs. */
const MAC_SIGNS: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↩' };

function isMac(): boolean {
  return typeof navigator !== 'undefined' && /^Mac/.test(navigator.platform);
}

function keyWord(key: string): string {
  switch (key) {
    case 'CmdOrCtrl':
    case 'Ctrl':
      return t('shell:keys.ctrl');
    case 'Alt':
      return t('shell:keys.alt');
    case 'Shift':
      return t('shell:keys.shift');
    case 'Enter':
      return t('shell:keys.enter');
    case 'Space':
      return t('shell:keys.space');
    case 'Escape':
      return t('shell:keys.escape');
    case 'Home':
      return t('shell:keys.home');
    case 'PageUp':
      return t('shell:keys.pageUp');
    case 'PageDown':
      return t('shell:keys.pageDown');
    case 'End':
      return t('shell:keys.end');
    default:
      return key;
  }
}

/** `CmdOrCtrl+,` (Electron's notation) as `Ctrl+,`, in German `Strg+,`, on a Mac `⌘,`. */
export function keyText(accelerator: string, mac: boolean = isMac()): string {
  const keys = accelerator.split('+');
  return mac ? keys.map((key) => MAC_SIGNS[key] ?? keyWord(key)).join('') : keys.map(keyWord).join('+');
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeys(accelerator: string, mac: boolean = isMac()): string {
  return accelerator.replace('CmdOrCtrl', mac ? 'Meta' : 'Control');
}
