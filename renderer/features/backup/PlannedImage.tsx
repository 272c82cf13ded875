/** Type, provider and consistency of the image that a run would make. */
import { IconActivity, IconCamera, IconCircleX, IconLock } from '@tabler/icons-react';
import type { BackupPlan } from '#contract';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { CONSISTENCY_HELP, CONSISTENCY_WORDS, IMAGE_TYPE_NAMES } from '../../i18n/words.ts';
import { plannedProvider } from '../../stores/snapshot-outlook.ts';
import { SnapshotLine } from './SnapshotLine.tsx';

const TYPE_ICONS = { static: IconLock, snapshot: IconCamera, dynamic: IconActivity } as const;

/** In the middle of a sentence; German keeps its adjectives small as well. */
const inSentence = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

export function PlannedImage({ plan }: { plan: BackupPlan }) {
  if (plan.obstacles.length > 0) {
    return (
      <SnapshotLine volume={plan.volume.name} readiness={plan.snapshot}>
        <span className="sf-says">
          <IconCircleX size={15} className="sf-bad" aria-hidden />
          <span>{t('backup:plan.noImage')}</span>
        </span>
      </SnapshotLine>
    );
  }
  const provider = plannedProvider(plan);
  const Glyph = TYPE_ICONS[plan.imageType];
  return (
    <SnapshotLine volume={plan.volume.name} readiness={plan.snapshot} provider={provider}>
      <span className="sf-says">
        <Glyph size={15} className="sf-dim" aria-hidden />
        <span>
          {IMAGE_TYPE_NAMES[plan.imageType]}
          {provider ? `: ${translateSentence(provider.method)}` : ''},{' '}
          <span title={CONSISTENCY_HELP[plan.consistency]}>{inSentence(CONSISTENCY_WORDS[plan.consistency])}</span>
        </span>
      </span>
    </SnapshotLine>
  );
}
