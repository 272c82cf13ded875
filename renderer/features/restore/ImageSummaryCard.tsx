/** What is restored, in three lines. */
import { Trans } from 'react-i18next';
import type { ImageSummary } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { CONSISTENCY_HELP, CONSISTENCY_WORDS, IMAGE_TYPE_NAMES } from '../../i18n/words.ts';

export function ImageSummaryCard({ image }: { image: ImageSummary }) {
  const { usedSize, imageSize, volume, consistency, fsType } = image;
  return (
    <div className="sf-summary">
      <strong>{t('restore:what.whole')}</strong>
      <span title={t('restore:what.usedExact', { used: exactBytes(usedSize), size: exactBytes(imageSize) })}>
        {t('restore:what.used', { used: formatBytes(usedSize), size: formatBytes(imageSize) })} · {fsType || 'raw'} ·{' '}
        {image.origin === 'restic' ? (
          t('restore:state.restic')
        ) : (
          <>
            {IMAGE_TYPE_NAMES[image.imageType]} ·{' '}
            <span title={CONSISTENCY_HELP[consistency]}>{CONSISTENCY_WORDS[consistency]}</span>
          </>
        )}
      </span>
      <span className="sf-dim sf-small">
        <Trans
          t={t}
          i18nKey="restore:what.imageOf"
          values={{ volume, time: exactTime(image.time) }}
          components={{ 1: <span className="sf-mono sf-break" /> }}
        />
      </span>
    </div>
  );
}
