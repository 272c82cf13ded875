/** How long images are kept that have no copy group any more. */
import { useState } from 'react';
import type { PolicySet } from '#contract';
import { t } from '../../i18n/t.ts';
import { limitOf, MAX_GRACE_DAYS } from '../../stores/class-form.ts';
import { LimitField } from './LimitField.tsx';

const USUAL_DAYS = '30';

export function GraceField({ set, onChange }: { set: PolicySet; onChange(set: PolicySet): void }) {
  const [text, setText] = useState(String(set.graceRetention));
  const [known, setKnown] = useState(set.graceRetention);
  const value = limitOf(text, 0, MAX_GRACE_DAYS);
  // Changes were discarded, or another policy is in force.
  if (known !== set.graceRetention) {
    setKnown(set.graceRetention);
    if (value !== set.graceRetention) setText(String(set.graceRetention));
  }
  return (
    <LimitField
      label={t('policy:grace.label')}
      help={t('policy:grace.help')}
      unit={t('policy:unit.retExtra')}
      text={text}
      usual={USUAL_DAYS}
      problem={
        value === undefined ? t('policy:editor.problem.number', { minimum: 0, maximum: MAX_GRACE_DAYS }) : undefined
      }
      mayBeUnlimited
      onText={(next) => {
        setText(next);
        const days = limitOf(next, 0, MAX_GRACE_DAYS);
        if (days !== undefined) onChange({ ...set, graceRetention: days });
      }}
    />
  );
}
