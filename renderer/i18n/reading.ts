/** What the audit of the change tracking found. */
import type { Reading } from '#contract';
import { countOf } from './quantities.ts';
import { t } from './t.ts';

/** One sentence; empty where nothing was audited. */
export function auditText({
  auditedBlocks,
  auditMismatches,
}: Pick<Reading, 'auditedBlocks' | 'auditMismatches'>): string {
  if (auditedBlocks === 0) return '';
  const checked = countOf(auditedBlocks, 'block');
  if (auditMismatches === 0) return t('words:audit.good', { checked });
  return t('words:audit.bad', { checked, wrong: countOf(auditMismatches, 'block') });
}
