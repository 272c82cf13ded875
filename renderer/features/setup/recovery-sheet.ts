/** What stands on the recovery sheet. */
import { exactTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';

export interface RecoveryFacts {
  recoveryKey: string;
  location: string;
  repositoryId: string;
  nodeName: string;
  /** ISO 8601. */
  printedAt: string;
}

/** restic's command lines for this repository; the key is typed when they ask for it. */
export function resticCommands(location: string): [list: string, write: string] {
  const repository = `'${location.replaceAll("'", "'\\''")}'`;
  return [`restic -r ${repository} snapshots`, `restic -r ${repository} dump ID /VOLUME/volume.img > /dev/TARGET`];
}

/** The sheet's facts with their labels, in order. */
export function sheetFacts(facts: RecoveryFacts): { label: string; value: string }[] {
  return [
    { label: t('setup:sheet.repository'), value: facts.location },
    { label: t('setup:sheet.id'), value: facts.repositoryId },
    { label: t('setup:sheet.node'), value: facts.nodeName },
    { label: t('setup:sheet.date'), value: exactTime(facts.printedAt) },
  ];
}

/** The sheet as plain text, for saving. */
export function sheetText(facts: RecoveryFacts): string {
  const title = t('setup:sheet.title');
  return [
    title,
    '='.repeat(title.length),
    '',
    ...sheetFacts(facts).map(({ label, value }) => `${label}: ${value}`),
    '',
    `${t('setup:sheet.key')}:`,
    '',
    `    ${facts.recoveryKey}`,
    '',
    t('setup:sheet.how'),
    `1. ${t('setup:sheet.step1')}`,
    `2. ${t('setup:sheet.step2')}`,
    `3. ${t('setup:sheet.step3')}`,
    ...resticCommands(facts.location).map((command) => `    ${command}`),
    '',
    t('setup:sheet.keep'),
    '',
  ].join('\n');
}
