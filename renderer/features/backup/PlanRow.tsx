/** What the backup of one volume would do: a line, and below it why, how, what stands against it, and the command. */
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconCircleX } from '@tabler/icons-react';
import { memo, useId, useState } from 'react';
import type { BackupPlan } from '#contract';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { exactBytes, formatByteRange, formatBytes } from '../../i18n/quantities.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { PlannedImage } from './PlannedImage.tsx';
import { durationWords } from './plan-sum.ts';
import { volumeTitle } from './volume-tree.ts';

/** Something about the run that a person should read before it starts. */
function Notices({ plan }: { plan: BackupPlan }) {
  return (
    <>
      {plan.obstacles.map((obstacle) => (
        <Notice key={obstacle} tone="bad" title={t('backup:plan.cannotStart')}>
          <p>
            <Sentence text={obstacle} />
          </p>
        </Notice>
      ))}
      {plan.willRemount.length > 0 && plan.obstacles.length === 0 ? (
        <Notice tone="info">
          <p>{t('backup:plan.remount', { mounts: plan.willRemount.join(', ') })}</p>
        </Notice>
      ) : null}
      {[...plan.warnings, ...plan.used.warnings].map((warning) => (
        <Notice key={warning} tone="warn">
          <p>
            <Sentence text={warning} />
          </p>
        </Notice>
      ))}
    </>
  );
}

function Figures({ plan }: { plan: BackupPlan }) {
  const { low, high } = plan.expectedNewBytes;
  const { durationSeconds: duration } = plan;
  return (
    <>
      <span title={exactBytes(plan.readBytes)}>{t('backup:plan.reads', { bytes: formatBytes(plan.readBytes) })}</span>
      <span title={`${exactBytes(low)} – ${exactBytes(high)}`}>
        {t('backup:plan.expects', { range: formatByteRange(low, high) })}
      </span>
      {duration ? (
        <span title={t('backup:plan.duration')}>{durationWords(duration)}</span>
      ) : (
        <span className="sf-dim" title={t('backup:plan.durationUnknownHint')}>
          {t('backup:plan.durationUnknown')}
        </span>
      )}
    </>
  );
}

/** In a closed row the worst of what is inside still shows. */
function Mark({ plan }: { plan: BackupPlan }) {
  if (plan.obstacles.length > 0) {
    return <IconCircleX size={15} className="sf-bad" aria-label={t('backup:plan.cannotStart')} />;
  }
  const warnings = [...plan.warnings, ...plan.used.warnings];
  return warnings.length > 0 ? (
    <IconAlertTriangle size={15} className="sf-warn" aria-label={warnings.map(translateSentence).join(' ')} />
  ) : null;
}

interface PlanRowProps {
  plan: BackupPlan;
  /** It is asked about again. */
  busy: boolean;
  /** Folded out from the start. */
  initiallyOpen: boolean;
}

/** Drawn again only when its own plan changes: there may be many. */
export const PlanRow = memo(function PlanRow({ plan, busy, initiallyOpen }: PlanRowProps) {
  const [open, setOpen] = useState(initiallyOpen);
  const id = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const { name } = plan.volume;
  return (
    <div className="sf-plan-row" aria-busy={busy} data-busy={busy || undefined}>
      <div className="sf-plan-line">
        <button
          type="button"
          className="sf-tree-toggle"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={t('backup:plan.more', { volume: name })}
          onClick={() => setOpen(!open)}
        >
          <Chevron size={15} aria-hidden />
        </button>
        <strong className="sf-clip" title={name}>
          {volumeTitle(plan.volume)}
        </strong>
        {open ? null : <Mark plan={plan} />}
        <Figures plan={plan} />
      </div>
      {open ? (
        <div id={id} className="sf-plan-more">
          <PlannedImage plan={plan} />
          <p className="sf-dim sf-small">
            <Sentence text={plan.why} /> {t('backup:plan.blocks', { bytes: formatBytes(plan.gridBytes) })}
          </p>
          <Notices plan={plan} />
          <p className="sf-plan-command">
            <code className="sf-mono sf-selectable sf-clip" title={plan.command}>
              {plan.command}
            </code>
            <CopyButton value={plan.command} what={t('backup:plan.commandOf', { volume: name })} />
          </p>
        </div>
      ) : null}
    </div>
  );
});
