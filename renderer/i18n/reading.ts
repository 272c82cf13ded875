/** What the audit of the change tracking found. */
import type { Reading } from '#contract';
import { countOf } from './quantities.ts';

/** One sentence; empty where nothing was audited. */
export function auditText({
  auditedBlocks,
  auditMismatches,
}: Pick<Reading, 'auditedBlocks' | 'auditMismatches'>): string {
  if (auditedBlocks === 0) return '';
  if (auditMismatches === 0) return `Change tracking: ${countOf(auditedBlocks, 'block')} checked, all as expected.`;
  return `Of ${countOf(auditedBlocks, 'block')} that it called unchanged, ${countOf(auditMismatches, 'block')} had changed. Everything was read, so this image is right.`;
}
