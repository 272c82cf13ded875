/** One line on how a volume is kept still, and on demand what every provider says. */
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { ProviderReadiness, SnapshotProvider, SnapshotReadiness } from '#contract';
import { SpaceNeed } from '../../components/SpaceNeed.tsx';
import { t } from '../../i18n/t.ts';
import { ProviderBadges, ProviderTable } from './ProviderTable.tsx';

interface SnapshotLineProps {
  /** What is said, icon and words. */
  children: ReactNode;
  volume: string;
  readiness: SnapshotReadiness | undefined;
  /** Its badges and its space are shown. */
  provider?: ProviderReadiness | undefined;
  /** Takes another provider than the one that was chosen; without it there is no choice. */
  onUse?: ((provider: SnapshotProvider) => void) | undefined;
  /** Below the line: why not, and what to do. */
  below?: ReactNode;
}

export function SnapshotLine({ children, volume, readiness, provider, onUse, below }: SnapshotLineProps) {
  const [open, setOpen] = useState(false);
  const tableId = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const providers = readiness?.providers ?? [];
  return (
    <>
      <div className="sf-snapshot-line">
        <span className="sf-snapshot-says">
          {children}
          {provider ? <ProviderBadges provider={provider} /> : null}
        </span>
        {provider?.space ? (
          <span className="sf-snapshot-space">
            <SpaceNeed {...provider.space} />
          </span>
        ) : null}
        {providers.length > 0 ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            className="sf-snapshot-more"
            aria-expanded={open}
            aria-controls={open ? tableId : undefined}
            aria-label={t('backup:providers.allFor', { volume })}
            leftSection={<Chevron size={13} aria-hidden />}
            onClick={() => setOpen(!open)}
          >
            {t('backup:providers.all')}
          </Button>
        ) : null}
      </div>
      {below ?? null}
      {open ? (
        <div id={tableId}>
          <ProviderTable volume={volume} providers={providers} taken={provider?.provider} onUse={onUse} />
        </div>
      ) : null}
    </>
  );
}
