/** The menu bar in the window, for hosts without a native one. */
import { Menu, Menubar } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { MENUS } from './menus.ts';
import type { useCommands } from './use-commands.ts';

export function MenuBar({ commands }: { commands: ReturnType<typeof useCommands> }) {
  return (
    <Menubar className="sf-menubar" aria-label="Menus">
      {MENUS.map((menu) => (
        <Menubar.Menu key={menu.label} width={260}>
          <Menubar.Target className="sf-menubar-target">{menu.label}</Menubar.Target>
          <Menubar.Dropdown>
            {menu.entries.map((entry, index) => {
              if (!('id' in entry))
                return <Menu.Divider key={`after ${menu.entries[index - 1]?.toString()} ${index}`} />;
              const command = commands[entry.id];
              const isChoice = 'group' in entry;
              return (
                <Menu.Item
                  key={entry.id}
                  onClick={command.run}
                  disabled={!command.enabled}
                  {...(isChoice ? { role: 'menuitemradio', 'aria-checked': command.checked === true } : {})}
                  leftSection={command.checked ? <IconCheck size={14} aria-hidden /> : <span className="sf-menu-gap" />}
                  rightSection={'accelerator' in entry ? <span className="sf-key">{entry.accelerator}</span> : null}
                >
                  {entry.label}
                </Menu.Item>
              );
            })}
          </Menubar.Dropdown>
        </Menubar.Menu>
      ))}
    </Menubar>
  );
}
