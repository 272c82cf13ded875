/** The text of docs/options.md, made from the table so that it cannot lag behind it. */
import type { OptionPlace, PreferenceTab } from '#contract';
import { OPTION_ROWS, type OptionRow } from './options.ts';
import { OPTIONS_FILE_NAME } from './options-file.ts';
import { RULE_STATEMENTS } from './rules.ts';

const TABS: Readonly<Record<PreferenceTab, string>> = {
  general: 'General',
  repository: 'Repository',
  backup: 'Backup',
  snapshot: 'Snapshot',
  imageSnapshot: 'Image-Snapshot',
  includeExclude: 'Include-Exclude',
  authorization: 'Authorization',
  performance: 'Performance',
  verification: 'Verification',
  notifications: 'Notifications',
  regional: 'Regional Settings',
  appearance: 'Appearance',
};

const PLACES: Readonly<Record<OptionPlace, string>> = {
  command: 'command line',
  environment: 'environment',
  file: 'file',
  rule: 'rule',
};

const INTRODUCTION = `# Options

<!-- Made by “node_modules/.bin/node electron/engine/policy/write-docs.ts” from the table in electron/engine/policy/table/: edit that. -->

Names are shown with their shortest form in capitals: \`IMAGEGapsize\` may be typed as \`imageg\`, and at any length from
there on. Case does not matter. On the command line an option is \`-name=value\`, in the options file it is a line
\`name value\`. \`stillframe query options\` shows what is in force and who set it.

## Who wins

Command line, then environment, then the \`include.image\` rule of the volume, then the options file, then the default.
\`imagetype\` and \`dynamicimage\` say the same thing, and so do \`compression no\` and \`compressionlevel\`: the one that
was said closer to the person wins.

## The options file

\`$XDG_CONFIG_HOME/stillframe/${OPTIONS_FILE_NAME}\` (\`~/.config/stillframe/${OPTIONS_FILE_NAME}\`), UTF-8, at most 1 MiB. A line that begins
with \`*\` is a comment. A value may stand between \`"…"\` or \`'…'\`; one that begins or ends with blanks must. Relative
paths start at the folder of the file. Of several lines with the same option the last one holds; the lines of
\`domain.image\` add up. A line that makes no sense is reported and left out; a value that does not fit stops the run.

The Preferences editor changes lines where they stand and keeps every other byte, comments and order included. What was
before is in \`${OPTIONS_FILE_NAME}.bak\`. Commands (\`presnapshotcmd\`, \`postsnapshotcmd\`) and \`errorlogname\` are only ever set by
an editor of the file itself, and root does not run commands from a file that others may write to.
`;

const RULES = `
## Rules

\`\`\`
${RULE_STATEMENTS.map(({ usage }) => usage).join('\n')}
\`\`\`

${RULE_STATEMENTS.map(({ name, help }) => `- \`${name}\`: ${help}`).join('\n')}

Rules are read from the bottom of the file to its top, and the first that matches holds. A pattern is matched against the
volume's device path or file path, its mount points, and links that lead to it (\`/dev/disk/by-label/home\`). \`?\` and
\`[…]\` stand for one character and \`*\` for any number of them, slashes excepted; \`**\` crosses slashes, \`/**/\` (or
\`/.../\`) is any number of folders, and a lone \`*\` is everything. Quotes keep a name with blanks together.

A volume that a rule excludes is skipped with a message and return code 4, whether it was named or comes from
\`domain.image\`; the window refuses to start a backup of it. With no rule that matches, a volume is backed up.

\`\`\`
exclude.image *
include.image /home        WEEKLY imagegapsize=1m
include.image "/mnt/my disk" dynamicimage=yes
\`\`\`
`;

/** The whole document. */
export function optionsDocument(): string {
  const tabs = Object.keys(TABS) as PreferenceTab[];
  const sections = tabs.flatMap((tab) => {
    const rows = OPTION_ROWS.filter((row) => row.tab === tab);
    return rows.length === 0 ? [] : [`\n### ${TABS[tab]}\n\n${table(rows)}`];
  });
  const others = OPTION_ROWS.filter((row) => row.tab === undefined);
  return [
    INTRODUCTION,
    RULES,
    '\n## All options\n\nGrouped by the tabs of the Preferences editor.\n',
    ...sections,
    `\n### Of commands only\n\n${table(others)}`,
  ].join('');
}

function table(rows: readonly OptionRow[]): string {
  const lines = rows.map((row) => {
    const names = [row.display, ...(row.aliases ?? [])].map((one) => `\`${one}\``).join(', ');
    const cells = [
      names,
      allowedOf(row),
      row.fallbackText === '' ? '' : `\`${row.fallbackText}\``,
      placesOf(row),
      row.help,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  });
  return `| option | value | default | set in | |\n|---|---|---|---|---|\n${lines.join('')}`;
}

function allowedOf({ kind, values, allowed, unit }: OptionRow): string {
  if (kind === 'enum') return values.map((value) => `\`${value}\``).join(', ');
  if (kind === 'integer' && unit !== '') return `${allowed} ${unit}`;
  return allowed;
}

function placesOf({ places, variable }: OptionRow): string {
  return places
    .map((place) => (variable !== undefined && place === 'environment' ? `\`${variable}\`` : PLACES[place]))
    .join(', ');
}
