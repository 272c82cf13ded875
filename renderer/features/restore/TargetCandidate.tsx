/** One possible target: what it is, what is on it now and after, and if it may not be used, why. */
import { Skeleton } from '@mantine/core';
import {
  IconArrowUpRight,
  IconBan,
  IconCircleCheck,
  IconDatabase,
  IconFolderOpen,
  IconLock,
  IconMaximize,
  IconMinimize,
  IconStar,
  IconUsb,
} from '@tabler/icons-react';
import type { ImageSummary, RestorePlan, Volume } from '#contract';
import { Bytes } from '../../components/Bytes.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { TargetStrips } from './TargetStrips.tsx';

interface CandidateProps {
  volume: Volume;
  image: ImageSummary;
  plan: Loadable<RestorePlan | null> | undefined;
  /** Bytes of the widest strip. */
  widest: number;
  chosen: boolean;
  onChoose(): void;
}

function Verdict({ plan }: Pick<CandidateProps, 'plan'>) {
  if (plan?.value && plan.value.refusals.length > 0)
    return <StatusBadge icon={IconBan} word={t('restore:where.notPossible')} tone="bad" />;
  if (plan?.value) return <StatusBadge icon={IconCircleCheck} word={t('restore:where.possible')} tone="ok" />;
  if (plan?.error)
    return <StatusBadge icon={IconBan} word={t('restore:where.notChecked')} tone="warn" hint={plan.error.message} />;
  return <Skeleton width={74} height={20} radius={4} />;
}

function Badges({ volume, image, plan }: Pick<CandidateProps, 'volume' | 'image' | 'plan'>) {
  const mount = volume.mounts[0];
  const holdsRepository = plan?.value?.refusals.some(({ code }) => code === 'TARGET_HOLDS_REPOSITORY') === true;
  return (
    <span className="sf-badges sf-target-badges">
      <Verdict plan={plan} />
      {volume.name === image.volume ? (
        <StatusBadge icon={IconArrowUpRight} word={t('restore:where.original')} tone="info" />
      ) : null}
      {volume.system ? <StatusBadge icon={IconStar} word={t('restore:where.system')} tone="info" /> : null}
      {mount ? <StatusBadge icon={IconFolderOpen} word={t('restore:where.mounted')} hint={mount.mountPoint} /> : null}
      {holdsRepository ? (
        <StatusBadge icon={IconDatabase} word={t('restore:where.holdsRepository')} tone="warn" />
      ) : null}
      {volume.readOnly ? <StatusBadge icon={IconLock} word={t('restore:where.readOnly')} /> : null}
      {volume.removable ? <StatusBadge icon={IconUsb} word={t('restore:where.removable')} /> : null}
      {volume.sizeBytes < image.imageSize ? (
        <StatusBadge icon={IconMinimize} word={t('restore:where.tooSmall')} tone="warn" />
      ) : null}
      {volume.sizeBytes > image.imageSize ? <StatusBadge icon={IconMaximize} word={t('restore:where.larger')} /> : null}
    </span>
  );
}

export function TargetCandidate({ volume, image, plan, widest, chosen, onChoose }: CandidateProps) {
  const refusals = plan?.value?.refusals ?? [];
  const usable = plan?.value !== undefined && plan.value !== null && refusals.length === 0;
  const content = translateSentence(plan?.value?.targetContent ?? '');
  const title = [volume.label, volume.model].filter(Boolean).join(' · ');
  return (
    <label className="sf-target" data-chosen={chosen || undefined} data-refused={refusals.length > 0 || undefined}>
      <input
        type="radio"
        name="target"
        checked={chosen}
        disabled={!usable}
        onChange={onChoose}
        aria-label={`${volume.name} ${title}`}
      />
      <span className="sf-target-body">
        <span className="sf-target-line">
          <span className="sf-mono sf-clip" title={volume.name}>
            {volume.name}
          </span>
          <span className="sf-nowrap">
            <Bytes value={volume.sizeBytes} />
          </span>
          <span className="sf-dim sf-clip" title={title}>
            {title}
          </span>
        </span>
        <Badges volume={volume} image={image} plan={plan} />
        <span className="sf-dim sf-small sf-clip" title={content}>
          {content || '\u00a0'}
        </span>
        {refusals.map((refusal) => (
          <span key={`${refusal.code} ${refusal.text}`} className="sf-small sf-refusal">
            <Sentence text={refusal.text} />
          </span>
        ))}
      </span>
      <TargetStrips target={volume} image={image} widest={widest} />
    </label>
  );
}
