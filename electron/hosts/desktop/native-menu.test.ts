import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuCommandSchema, menuCommands } from '#contract';
import { menuTemplate } from './native-menu.ts';

function flatten(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => (Array.isArray(item.submenu) ? flatten(item.submenu) : [item]));
}

describe('the native menu', () => {
  const done: string[] = [];
  const items = flatten(menuTemplate({ quit: () => done.push('quit'), send: (command) => done.push(command) }));

  it('holds every command of the contract once', () => {
    const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect([...ids].sort()).toEqual([...menuCommandSchema.options].sort());
    expect(menuCommands().map(({ command }) => command)).toEqual(ids);
  });

  it('quits by itself and sends everything else to the page', () => {
    for (const item of items) Reflect.apply(item.click ?? (() => undefined), undefined, []);
    expect(done).toContain('quit');
    expect(done).not.toContain('file.quit');
    expect(done).toHaveLength(menuCommandSchema.options.length);
  });

  it('uses no accelerator twice', () => {
    const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('Alt+Enter');
  });
});
