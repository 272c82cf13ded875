/** A host that runs nothing and remembers what it was to run, and a request, for tests. */
import { EngineError } from '#engine/base/errors.ts';
import { Adapter } from './adapter.ts';
import type { AdapterCommand, AdapterHost, AdapterOption, CommandRun } from './commands.ts';

const option = (name: string, more: Partial<AdapterOption> = {}): AdapterOption => ({
  name,
  aliases: [],
  flag: false,
  ...more,
});

const COMMANDS: readonly AdapterCommand[] = [
  {
    words: ['backup', 'image'],
    operands: [{ names: ['VOLUME'], repeated: true }],
    options: [
      ...['compressalways', 'compression'].map((name) => option(name, { flag: true })),
      ...['imagegapsize', 'mode', 'snapshotcachesize', 'snapshotcachelocation'].map((name) => option(name)),
      ...['snapshotfsidleretries', 'snapshotfsidlewait'].map((name) => option(name)),
      option('managementclass', { aliases: ['managementclass', 'mgmtclass'] }),
      option('presnapshotcmd', { refused: 'Commands to run are set in the options file.' }),
    ],
  },
  {
    words: ['restore', 'image'],
    operands: [
      { names: ['SOURCE'], repeated: false },
      { names: ['DESTINATION'], repeated: false },
    ],
    options: [
      ...['noprompt', 'verifyimage', 'imagetofile'].map((name) => option(name, { flag: true })),
      ...['pitdate', 'pittime', 'dateformat', 'timeformat'].map((name) => option(name)),
    ],
  },
  { words: ['query', 'image'], operands: [{ names: ['VOLUME'], repeated: false }], options: [] },
  { words: ['delete', 'backup'], operands: [{ names: ['VOLUME', 'ID'], repeated: true }], options: [] },
  { words: ['check'], operands: [], options: [option('readdata', { flag: true })] },
];

/** What was to be run, and how it is to end. */
export class SampleHost implements AdapterHost {
  readonly commands = COMMANDS;
  readonly otherOptions = ['numberformat'];
  readonly ran: { argv: readonly string[]; notes: readonly string[] }[] = [];
  readonly adapter = new Adapter(this);
  /** How a command line ends; default: well, with its last word as its only line. */
  ends: (argv: readonly string[], signal: AbortSignal) => CommandRun | Promise<CommandRun> = (argv) => ({
    lines: [argv.at(-1) ?? ''],
    exitCode: 0,
    milliseconds: 12.4,
  });

  check(argv: readonly string[]): void {
    if (!argv.includes('-mode=wrong')) return;
    throw new EngineError('OPTION_INVALID', { option: 'mode', reason: 'The value is none of those that are known.' });
  }

  report({ code }: { code: string }): string[] {
    return [`Error: it did not work. [${code}]`];
  }

  async run(
    argv: readonly string[],
    { signal, notes }: { signal: AbortSignal; notes: readonly string[] },
  ): Promise<CommandRun> {
    this.ran.push({ argv, notes });
    return await this.ends(argv, signal);
  }

  /** The answer to a text in UTF-8, or to bytes. */
  answer(request: string | Uint8Array, signal: AbortSignal = new AbortController().signal) {
    return this.adapter.answer(typeof request === 'string' ? Buffer.from(request, 'utf8') : request, signal);
  }
}

/** A request for one command line. */
export function requestOf(operation: string, ...parts: readonly string[]): string {
  const command = `<command-request>${parts.join('')}</command-request>`;
  return `<tsm-request><operation-name>${operation}</operation-name>${command}</tsm-request>`;
}

/** The request of the field's documentation, which docs/adapter.md shows. */
export const SAMPLE_REQUEST = `<tsm-request>
 <operation-name>backup-image</operation-name>
 <command-request>
   <timeout-secs>120</timeout-secs>
   <command-options>
     <compressalways>no</compressalways>
     <compression>yes</compression>
     <imagegapsize>10k</imagegapsize>
     <mode>Selective</mode>
     <snapshotcachesize>10</snapshotcachesize>
     <snapshotcachelocation>e:</snapshotcachelocation>
     <snapshotfsidleretries>1</snapshotfsidleretries>
     <snapshotfsidlewait>4s,500ms</snapshotfsidlewait>
   </command-options>
   <command-arguments>
     <volume-list>e:</volume-list>
   </command-arguments>
 </command-request>
</tsm-request>
`;
