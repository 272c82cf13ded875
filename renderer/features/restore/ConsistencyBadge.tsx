/** How consistent an image is, and whether part of its volume could not be read. */
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import type { Consistency, ImageSummary } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { CONSISTENCY_HELP, CONSISTENCY_SHORT } from '../../i18n/words.ts';

const LOOKS = {
  application: { icon: IconCircleCheck, tone: 'ok' },
  filesystem: { icon: IconCircleCheck, tone: 'ok' },
  crash: { icon: IconHelpCircle, tone: 'info' },
  fuzzy: { icon: IconAlertTriangle, tone: 'warn' },
} as const satisfies Record<Consistency, object>;

export function ConsistencyBadge({ image }: { image: ImageSummary }) {
  const { icon, tone } = LOOKS[image.consistency];
  if (image.unreadableBytes > 0) {
    return (
      <StatusBadge
        icon={IconAlertTriangle}
        tone="warn"
        word={t('restore:state.unreadable')}
        hint={`${t('restore:state.unreadableHelp', { size: formatBytes(image.unreadableBytes) })}. ${CONSISTENCY_HELP[image.consistency]}`}
      />
    );
  }
  if (image.origin === 'restic') {
    return (
      <StatusBadge
        icon={IconHelpCircle}
        tone="info"
        word={t('restore:state.unknown')}
        hint={t('restore:state.unknownHelp')}
      />
    );
  }
  return (
    <StatusBadge
      icon={icon}
      tone={tone}
      word={CONSISTENCY_SHORT[image.consistency]}
      hint={CONSISTENCY_HELP[image.consistency]}
    />
  );
}
