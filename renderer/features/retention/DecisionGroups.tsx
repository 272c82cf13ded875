/** What policy says about every image, by volume: the rule with its numbers, and whether it goes. */
import { IconCircleMinus, IconShieldCheck } from '@tabler/icons-react';
import type { RetentionDecision } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { countOf } from '../../i18n/quantities.ts';
import { retentionWords } from '../../i18n/retention.ts';
import { t } from '../../i18n/t.ts';
import { decisionsByVolume, going, type VolumeDecisions } from '../../stores/retention-store.ts';

/** Images of one volume that are drawn; a volume with more says how many are not. */
const DRAWN = 200;

function Decision({ decision, now }: { decision: RetentionDecision; now: number }) {
  const { keep, time, imageId, reboundFrom } = decision;
  const Glyph = keep ? IconShieldCheck : IconCircleMinus;
  return (
    <li data-keep={keep}>
      <Glyph
        size={15}
        className={keep ? 'sf-dim' : 'sf-warn'}
        aria-label={t(keep ? 'retention:expire.staysWord' : 'retention:expire.goesWord')}
      />
      <time dateTime={time}>{exactTime(time)}</time>
      <span className="sf-mono sf-dim" title={imageId}>
        {imageId.slice(0, 8)}
      </span>
      <span className="sf-decision-why">
        {retentionWords(decision, now)}
        {reboundFrom === undefined ? null : (
          <span className="sf-dim"> · {t('retention:expire.rebound', { name: reboundFrom })}</span>
        )}
      </span>
    </li>
  );
}

function Volume({ group, onlyGoing, now }: { group: VolumeDecisions; onlyGoing: boolean; now: number }) {
  const { volume, hostname, managementClass, decisions } = group;
  const gone = going(decisions);
  const listed = onlyGoing ? gone : decisions;
  const images = countOf(decisions.length, 'image');
  return (
    <details className="sf-decisions" open>
      <summary>
        <span className="sf-mono sf-clip">{volume}</span>
        <span className="sf-dim sf-clip">
          {hostname} · {t('retention:expire.ofClass', { name: managementClass })} ·{' '}
          {gone.length > 0
            ? t('retention:expire.volumeGoes', { going: gone.length, images })
            : t('retention:expire.volumeStays', { images })}
        </span>
      </summary>
      <ul>
        {listed.slice(0, DRAWN).map((decision) => (
          <Decision key={decision.imageId} decision={decision} now={now} />
        ))}
        {listed.length > DRAWN ? <li>+ {countOf(listed.length - DRAWN, 'image')}</li> : null}
      </ul>
    </details>
  );
}

interface DecisionGroupsProps {
  decisions: readonly RetentionDecision[];
  onlyGoing: boolean;
  now: number;
}

export function DecisionGroups({ decisions, onlyGoing, now }: DecisionGroupsProps) {
  const groups = decisionsByVolume(decisions).filter((group) => !onlyGoing || going(group.decisions).length > 0);
  return groups.map((group) => (
    <Volume key={`${group.hostname}\n${group.volume}`} group={group} onlyGoing={onlyGoing} now={now} />
  ));
}
