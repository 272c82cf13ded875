/** What one should know about a volume before choosing it. */
import {
  IconBan,
  IconDatabaseExclamation,
  IconKey,
  IconLock,
  IconPencil,
  IconPlugConnectedX,
  IconShieldLock,
  IconStar,
  IconUsb,
  IconUsers,
} from '@tabler/icons-react';
import type { Volume } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { encryptionHint } from './encryption.ts';

interface VolumeBadgesProps {
  volume: Volume;
  offline: boolean;
  /** Why it is too large for the repository; empty where it is not. */
  tooLarge: string;
  /** By a rule of the preferences. */
  excluded: boolean;
}

/** Something is wrong with it as things stand. */
function Obstacles({ volume, tooLarge, excluded }: Omit<VolumeBadgesProps, 'offline'>) {
  return (
    <>
      {volume.readable ? null : (
        <StatusBadge
          icon={IconShieldLock}
          word={t('backup:badge.needsRights')}
          tone="warn"
          hint={translateSentence(volume.needs)}
        />
      )}
      {tooLarge === '' ? null : (
        <StatusBadge icon={IconDatabaseExclamation} word={t('backup:badge.tooLarge')} tone="bad" hint={tooLarge} />
      )}
      {excluded ? (
        <StatusBadge icon={IconBan} word={t('backup:badge.excluded')} hint={t('backup:badge.excludedHint')} />
      ) : null}
    </>
  );
}

/** What it is, and who uses it. */
function Traits({ volume }: { volume: Volume }) {
  const written = volume.mounts.some((mount) => !mount.readOnly);
  const others = volume.holders.filter((holder) => holder.kind !== 'mount');
  const holders = others.map(({ kind, name }) => `${t(`backup:inspector.holder.${kind}`)} ${name}`).join(', ');
  const encryption = encryptionHint(volume);
  return (
    <>
      {volume.system ? (
        <StatusBadge icon={IconStar} word={t('backup:badge.system')} tone="info" hint={t('backup:badge.systemHint')} />
      ) : null}
      {volume.removable ? <StatusBadge icon={IconUsb} word={t('backup:badge.removable')} /> : null}
      {volume.readOnly ? <StatusBadge icon={IconLock} word={t('backup:badge.readOnly')} /> : null}
      {encryption === '' ? null : <StatusBadge icon={IconKey} word={t('backup:badge.encrypted')} hint={encryption} />}
      {written ? (
        <StatusBadge icon={IconPencil} word={t('backup:badge.inUse')} tone="warn" hint={t('backup:badge.inUseHint')} />
      ) : null}
      {others.length > 0 ? (
        <StatusBadge
          icon={IconUsers}
          word={t('backup:badge.busy')}
          tone="warn"
          hint={t('backup:badge.busyHint', { holders })}
        />
      ) : null}
    </>
  );
}

export function VolumeBadges({ offline, ...props }: VolumeBadgesProps) {
  return (
    <span className="sf-badges" data-offline={offline || undefined}>
      {offline ? (
        <span className="sf-badge-offline">
          <StatusBadge
            icon={IconPlugConnectedX}
            word={t('backup:badge.offline')}
            tone="bad"
            hint={t('backup:badge.offlineHint')}
          />
        </span>
      ) : null}
      <Obstacles {...props} />
      <Traits volume={props.volume} />
    </span>
  );
}
