/** `key list`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { formatInstant } from '../figures.ts';
import { formatTable } from '../text-table.ts';

export async function run({ output, repository, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  await repository.open();
  const keys = await cancellation.race(engine.repository.listKeys());
  output.json({ keys });
  output.result(
    ...formatTable(
      [
        { title: '', cell: (key) => (key.current ? '*' : '') },
        { title: 'Id', cell: (key) => key.id.slice(0, 8) },
        { title: 'User', cell: (key) => key.username },
        { title: 'Host', cell: (key) => key.hostname },
        { title: 'Created', cell: (key) => formatInstant(key.created) },
      ],
      keys,
    ),
  );
  return output.worst;
}
