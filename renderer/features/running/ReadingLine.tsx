/** How much of the volume a run read and why, and whether change tracking could be believed. */
import { IconCircleCheck } from '@tabler/icons-react';
import type { Reading } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { auditText } from '../../i18n/reading.ts';
import { t } from '../../i18n/t.ts';

export function ReadingLine({ reading }: { reading: Reading }) {
  const { why, auditedBlocks, auditMismatches } = reading;
  return (
    <>
      <p className="sf-small sf-reading">
        <span>
          <Sentence text={why} />
        </span>
        {auditedBlocks > 0 && auditMismatches === 0 ? (
          <span className="sf-dim sf-reading-audit">
            <IconCircleCheck size={14} className="sf-ok" aria-hidden />
            {auditText(reading)}
          </span>
        ) : null}
      </p>
      {auditMismatches > 0 ? (
        <Notice tone="warn" title={t('running:tracking.wrong')}>
          <p>{t('running:tracking.anew', { audit: auditText(reading) })}</p>
        </Notice>
      ) : null}
    </>
  );
}
