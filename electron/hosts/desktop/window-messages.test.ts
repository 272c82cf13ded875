import { describe, expect, expectTypeOf, it } from 'vitest';
import { MENU_LANGUAGES, type MenuLanguage } from '#contract';
import { type WindowMessage, windowMessageSchema } from './window-messages.ts';

const takes = (message: unknown): boolean => windowMessageSchema.safeParse(message).success;

describe('messages of the window', () => {
  it.each([
    { type: 'progress', fraction: 0 },
    { type: 'progress', fraction: 1 },
    { type: 'progress', fraction: null },
    { type: 'notify', title: 'Backup of /dev/sdb1', body: '' },
    ...MENU_LANGUAGES.map((language) => ({ type: 'language', language })),
  ])('are taken: %j', (message) => expect(takes(message)).toBe(true));

  it.each([
    undefined,
    null,
    'progress',
    {},
    { type: 'progress' },
    { type: 'progress', fraction: Number.NaN },
    { type: 'progress', fraction: 1.01 },
    { type: 'progress', fraction: '0.5' },
    { type: 'progress', fraction: 0.5, mode: 'error' },
    { type: 'notify', title: '', body: '' },
    { type: 'notify', title: 'x'.repeat(301), body: '' },
    { type: 'notify', title: 'x', body: 'x'.repeat(1001) },
    { type: 'notify', title: 'x', body: 'y', icon: 'file:///etc/passwd' },
    { type: 'language', language: 'fr' },
    { type: 'open', url: 'https://example.org' },
  ])('are refused: %j', (message) => expect(takes(message)).toBe(false));

  it('know every language of the menus', () => {
    expectTypeOf<Extract<WindowMessage, { type: 'language' }>['language']>().toEqualTypeOf<MenuLanguage>();
  });
});
