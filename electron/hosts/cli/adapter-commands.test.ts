import { describe, expect, it } from 'vitest';
import { adapterCommands, otherOptions } from './adapter-commands.ts';
import { COMMANDS } from './command-table.ts';
import { ADAPTER_ROWS } from './rows/adapter.ts';
import { SESSION_ROWS } from './rows/session.ts';

const operationsOf = (sender: 'program' | 'web') =>
  new Map(adapterCommands(sender).map((one) => [one.words.join('-'), one]));

describe('the operations of the adapter', () => {
  it('are the commands that are no sessions', () => {
    const names = [...operationsOf('program').keys()];
    expect(names).toEqual(expect.arrayContaining(['backup-image', 'restore-image', 'query-image', 'check']));
    expect(names).toHaveLength(COMMANDS.length - SESSION_ROWS.length - ADAPTER_ROWS.length);
    expect(names.filter((name) => /^(web|macro|loop|adapter)/.test(name))).toEqual([]);
  });

  it('have the operands that help shows', () => {
    const operations = operationsOf('program');
    expect(operations.get('backup-image')?.operands).toEqual([{ names: ['VOLUME'], repeated: true }]);
    expect(operations.get('restore-image')?.operands).toEqual([
      { names: ['SOURCE'], repeated: false },
      { names: ['DESTINATION'], repeated: false },
    ]);
    for (const { operands, words } of operations.values()) {
      // Only the last can take as many as one likes.
      expect(
        operands.slice(0, -1).filter(({ repeated }) => repeated),
        words.join(' '),
      ).toEqual([]);
      const names = operands.flatMap((operand) => operand.names);
      expect(new Set(names).size, words.join(' ')).toBe(names.length);
    }
  });

  it('take no commands to run and no other repository over the web', () => {
    const refused = (sender: 'program' | 'web') =>
      (operationsOf(sender).get('backup-image')?.options ?? []).flatMap(({ name, refused: why }) => (why ? name : []));
    expect(refused('program')).toEqual([]);
    expect(refused('web')).toEqual(
      expect.arrayContaining(['debug', 'passwordfile', 'postsnapshotcmd', 'presnapshotcmd', 'repository']),
    );
    expect(refused('web')).not.toContain('imagetype');
  });

  it('know the flags, other names, and the options of the originals', () => {
    const options = operationsOf('program').get('backup-image')?.options ?? [];
    expect(options.find(({ name }) => name === 'compression')?.flag).toBe(true);
    expect(options.find(({ name }) => name === 'managementclass')?.aliases).toContain('mgmtclass');
    expect(otherOptions()).toContain('numberformat');
    expect(otherOptions()).not.toContain('compression');
  });
});
