/** What one should know about a volume before choosing it. */
import { IconLock, IconPencil, IconShieldLock, IconStar, IconUsb, IconUsers } from '@tabler/icons-react';
import type { Volume } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';

export function VolumeBadges({ volume }: { volume: Volume }) {
  const written = volume.mounts.some((mount) => !mount.readOnly);
  const others = volume.holders.filter((holder) => holder.kind !== 'mount');
  return (
    <span className="sf-badges">
      {volume.system ? <StatusBadge icon={IconStar} word="system" tone="info" hint="Holds the running system" /> : null}
      {volume.removable ? <StatusBadge icon={IconUsb} word="removable" /> : null}
      {volume.readOnly ? <StatusBadge icon={IconLock} word="read-only" /> : null}
      {written ? (
        <StatusBadge icon={IconPencil} word="in use" tone="warn" hint="Mounted read-write: it may change at any time" />
      ) : null}
      {others.length > 0 ? (
        <StatusBadge
          icon={IconUsers}
          word="busy"
          tone="warn"
          hint={`Used by ${others.map((holder) => `${holder.kind} ${holder.name}`).join(', ')}`}
        />
      ) : null}
      {volume.readable ? null : (
        <StatusBadge icon={IconShieldLock} word="needs rights" tone="warn" hint={volume.needs} />
      )}
    </span>
  );
}
