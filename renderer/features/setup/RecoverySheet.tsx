/** The recovery sheet: seen on paper only. */
import { Portal } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { type RecoveryFacts, resticCommands, sheetFacts } from './recovery-sheet.ts';

/** Beside the window's root, so that printing can leave everything else out. */
export function RecoverySheet({ facts }: { facts: RecoveryFacts }) {
  return (
    <Portal>
      <article className="sf-sheet" aria-hidden>
        <h1>{t('setup:sheet.title')}</h1>
        <dl>
          {sheetFacts(facts).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <h2>{t('setup:sheet.key')}</h2>
        <p className="sf-sheet-key">{facts.recoveryKey}</p>
        <h2>{t('setup:sheet.how')}</h2>
        <ol>
          <li>{t('setup:sheet.step1')}</li>
          <li>{t('setup:sheet.step2')}</li>
          <li>
            {t('setup:sheet.step3')}
            {resticCommands(facts.location).map((command) => (
              <pre key={command}>{command}</pre>
            ))}
          </li>
        </ol>
        <p>{t('setup:sheet.keep')}</p>
      </article>
    </Portal>
  );
}
