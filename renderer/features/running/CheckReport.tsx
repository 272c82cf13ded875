/** What a check of the repository found. */
import type { CheckResult } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { countOf } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { checkSummary, findingLines } from './report-text.ts';

export function CheckReport({ result }: { result: CheckResult }) {
  const errors = result.problems.filter((problem) => problem.severity === 'error').length;
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-dim">{checkSummary(result)}</span>
      </div>
      {errors === 0 ? (
        <Notice tone="ok" title={t('running:check.good')} />
      ) : (
        <Notice tone="bad" title={t('running:check.bad', { problems: countOf(errors, 'problem') })}>
          <p>{t('running:check.badText')}</p>
        </Notice>
      )}
      {result.problems.length > 0 ? (
        <details className="sf-details">
          <summary>{t('running:check.findings', { count: result.problems.length })}</summary>
          <pre>{findingLines(result).join('\n')}</pre>
        </details>
      ) : null}
    </>
  );
}
