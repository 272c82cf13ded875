/** What `query inclexcl` prints for people, with dsmc's columns. */
import { formatTable } from '../text-table.ts';

/** One rule, in the order of examination. */
export interface ExaminedRule {
  mode: 'Include' | 'Exclude';
  function: 'Image';
  pattern: string;
  /** Empty where the rule names none. */
  managementClass: string;
  options: Readonly<Record<string, string>>;
  file: string;
  line: number;
}

/** What the rules make of one volume. */
export interface Verdict {
  volume: string;
  excluded: boolean;
  /** Of the rule that holds. */
  line: number | null;
  managementClass: string | null;
}

/** The rules, then what they make of a volume that was named. */
export function inclexclLines(rules: readonly ExaminedRule[], verdict: Verdict | undefined): string[] {
  const table = formatTable<ExaminedRule>(
    [
      { title: 'Mode', cell: ({ mode }) => (mode === 'Include' ? 'Incl' : 'Excl') },
      { title: 'Function', cell: (rule) => rule.function },
      { title: 'Pattern (match from top down)', cell: ({ pattern }) => pattern },
      { title: 'Mgmt Class', cell: ({ managementClass }) => managementClass || '-' },
      { title: 'Options', cell: ({ options }) => optionsText(options) || '-' },
      { title: 'Source File', cell: ({ file, line }) => `${file}, line ${line}` },
    ],
    rules,
  );
  const list =
    rules.length === 0
      ? ['There are no include.image or exclude.image rules.']
      : ['*** IMAGE INCLUDE/EXCLUDE ***', ...table];
  return [...list, ...(verdict ? ['', verdictLine(verdict)] : [])];
}

function optionsText(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${/\s/.test(value) ? `"${value}"` : value}`)
    .join(' ');
}

function verdictLine({ volume, excluded, line, managementClass }: Verdict): string {
  if (line === null) return `No rule names ${volume}: it is included and bound to the default class.`;
  if (excluded) return `${volume} is excluded by line ${line}.`;
  const bound = managementClass === null ? 'the class of the options file, else the default class' : managementClass;
  return `${volume} is included by line ${line} and bound to ${bound}.`;
}
