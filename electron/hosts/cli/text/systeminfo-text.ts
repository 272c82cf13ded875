/** What `query systeminfo` prints for people. */
import type { OptionSource, PlacedRule, ProviderSupport, RepositoryStatus, SystemDescription } from '#contract';
import { formatRule } from '#engine/policy/rules.ts';
import { formatBytes, formatElapsed, formatInstant } from '../figures.ts';
import type { MachineFacts } from '../system-info/machine.ts';
import type { ToolFacts } from '../system-info/tools.ts';
import { formatPairs, formatTable } from '../text-table.ts';
import { sourceText } from './options-text.ts';

export interface SystemInfo {
  /** Instant. */
  time: string;
  client: Pick<SystemDescription, 'version' | 'nodeName' | 'privileged' | 'platform'>;
  machine: MachineFacts;
  tools: ToolFacts[];
  directories: { config: string; state: string; data: string };
  /** Variables that are set; a secret one without its value. */
  environment: { name: string; value: string }[];
  /** Null where there is none. */
  optionsFile: string | null;
  optionsWarnings: string[];
  options: { name: string; value: string; source: OptionSource }[];
  /** Without the text of commands. */
  rules: PlacedRule[];
  repository: RepositoryStatus;
  providers: ProviderSupport[];
}

/** What the text begins with. */
export const SYSTEM_INFO_TITLE = 'Stillframe system information';

export function systemInfoLines(info: SystemInfo): string[] {
  return [
    `${SYSTEM_INFO_TITLE}, ${formatInstant(info.time)}`,
    ...section('Client', clientPairs(info)),
    ...section('Machine', machinePairs(info.machine)),
    ...section('Repository', repositoryPairs(info.repository)),
    ...table('Programs', toolLines(info.tools)),
    ...table('Snapshot providers', providerLines(info.providers)),
    ...section(
      'Environment',
      info.environment.map(({ name, value }) => [name, value] as const),
    ),
    ...table(
      info.optionsFile === null ? 'Options (no options file)' : `Options (${info.optionsFile})`,
      optionLines(info),
    ),
  ];
}

type Pairs = readonly (readonly [string, string])[];

function section(title: string, pairs: Pairs): string[] {
  const lines = formatPairs(pairs, '  ');
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function table(title: string, lines: readonly string[]): string[] {
  return ['', title, ...lines.map((line) => `  ${line}`.trimEnd())];
}

function clientPairs({ client, machine, directories }: SystemInfo): Pairs {
  return [
    ['Version', client.version],
    ['Node name', client.nodeName],
    ['Privileged', client.privileged ? 'yes' : 'no'],
    ['Node.js', machine.node],
    ['Configuration', directories.config],
    ['State and logs', directories.state],
    ['Data', directories.data],
  ];
}

function machinePairs(machine: MachineFacts): Pairs {
  return [
    ['Host name', machine.hostName],
    ['System', machine.system],
    ['Kernel', `${machine.kernel} ${machine.kernelBuild}`],
    ['Architecture', machine.architecture],
    ['Processor', `${machine.processorCount} × ${machine.processor || 'unknown'}`],
    ['Memory', formatBytes(machine.memoryBytes)],
    ['Up since', formatElapsed(machine.uptimeSeconds)],
    ['Time zone', machine.timeZone],
    ['Locale', machine.locale],
  ];
}

function repositoryPairs({
  location,
  state,
  id,
  reason,
  imageCount,
  lastImageAt,
  freeBytes,
  totalBytes,
}: RepositoryStatus): Pairs {
  const space =
    freeBytes === undefined || totalBytes === undefined
      ? ''
      : `${formatBytes(freeBytes)} of ${formatBytes(totalBytes)}`;
  return [
    ['Location', location],
    ['State', state],
    ['Reason', reason ?? ''],
    ['Id', id ?? ''],
    ['Images', imageCount === undefined ? '' : String(imageCount)],
    ['Last image', lastImageAt === undefined ? '' : formatInstant(lastImageAt)],
    ['Free', space],
  ];
}

function toolLines(tools: readonly ToolFacts[]): string[] {
  return formatTable<ToolFacts>(
    [
      { title: 'Program', cell: ({ name }) => name },
      { title: 'Version', cell: ({ path, version }) => (path === undefined ? 'not installed' : version || 'unknown') },
      { title: 'For', cell: ({ purpose }) => purpose },
    ],
    tools,
  );
}

function providerLines(providers: readonly ProviderSupport[]): string[] {
  return formatTable<ProviderSupport>(
    [
      { title: 'Provider', cell: ({ provider }) => provider },
      { title: 'State', cell: ({ state }) => state },
      { title: 'Why', cell: ({ status }) => status },
    ],
    providers,
  );
}

function optionLines({ options, rules, optionsWarnings }: SystemInfo): string[] {
  return [
    ...formatTable<SystemInfo['options'][number]>(
      [
        { title: 'Option', cell: ({ name }) => name },
        { title: 'Value', cell: ({ value }) => value || '-' },
        { title: 'Set by', cell: ({ source }) => sourceText(source) },
      ],
      options,
    ),
    ...rules.map((rule) => `line ${rule.line}: ${formatRule(rule)}`),
    ...optionsWarnings.map((warning) => `Warning: ${warning}`),
  ];
}

/** Commands in rules may hold secrets. */
export function withoutCommands<R extends PlacedRule>(rule: R): R {
  const options = Object.entries(rule.options).map(([name, value]) => [name, /cmd$/i.test(name) ? '(set)' : value]);
  return { ...rule, options: Object.fromEntries(options) };
}
