import { expect, it } from 'vitest';
import { ariaKeys, keyText } from './keys.ts';

it.each([
  ['CmdOrCtrl+,', 'Ctrl+,', '⌘,'],
  ['Alt+Enter', 'Alt+Enter', '⌥↩'],
  ['Shift+F6', 'Shift+F6', '⇧F6'],
  ['F5', 'F5', 'F5'],
  ['Escape', 'Esc', 'Esc'],
])('writes %s as %s, on a Mac as %s', (accelerator, text, onMac) => {
  expect(keyText(accelerator, false)).toBe(text);
  expect(keyText(accelerator, true)).toBe(onMac);
});

it('names keys for screen readers', () => {
  expect(ariaKeys('CmdOrCtrl+K', false)).toBe('Control+K');
});
