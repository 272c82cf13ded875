/** What the hub makes of the health of all volumes: their order, the sentence above, and the one button that helps. */
import type { Health, HealthReason, TrafficLight, VolumeHealth } from '#contract';
import { t } from '../../i18n/t.ts';

const RANK: Readonly<Record<TrafficLight, number>> = { bad: 0, attention: 1, good: 2, none: 3 };

/** Worst first, what was never backed up last; then by name. */
export function worstFirst(volumes: readonly VolumeHealth[]): VolumeHealth[] {
  return [...volumes].sort(
    (a, b) => RANK[a.light] - RANK[b.light] || nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }),
  );
}

/** So many that were never backed up are cards like the others. */
const FEW = 3;

/** What is shown as cards, and what is folded away because there is nothing to say of it but its name. */
export function parted(volumes: readonly VolumeHealth[]): { cards: VolumeHealth[]; folded: VolumeHealth[] } {
  const sorted = worstFirst(volumes);
  const never = sorted.filter(({ light }) => light === 'none');
  if (never.length <= FEW) return { cards: sorted, folded: [] };
  return { cards: sorted.filter(({ light }) => light !== 'none'), folded: never };
}

/** What people call a volume. */
export function nameOf({ label, volume }: Pick<VolumeHealth, 'label' | 'volume'>): string {
  return label || volume.split('/').at(-1) || volume;
}

/** How things are, in a sentence or two. */
export function summaryOf({ volumes, repository }: Health): { light: TrafficLight; text: string } {
  const wanted = volumes.filter(({ light }) => light !== 'none');
  const good = wanted.filter(({ light }) => light === 'good').length;
  const never = volumes.length - wanted.length;
  const count = wanted.length;
  const main =
    good === 0
      ? t(count === 0 ? 'hub:noneProtected' : 'hub:noneWell')
      : good === count
        ? t('hub:allProtected', { count })
        : t('hub:protected', { good, count });
  const parts = [
    main,
    never > 0 && good > 0 ? t('hub:never', { count: never }) : '',
    repository.light === 'bad' ? t('hub:repositoryBad') : '',
  ];
  const worst = [...wanted.map(({ light }) => light), repository.light].sort((a, b) => RANK[a] - RANK[b])[0];
  return { light: good === 0 && worst === 'good' ? 'none' : (worst ?? 'none'), text: parts.filter(Boolean).join(' ') };
}

export type Help = 'backUp' | 'check' | 'checkData' | 'showError' | 'showImage' | 'restore';

const HELP: Readonly<Record<HealthReason['code'], Help | undefined>> = {
  recentImage: 'restore',
  imageOld: 'backUp',
  neverBackedUp: 'backUp',
  lastRunFailed: 'showError',
  lastRunCancelled: 'backUp',
  unreadableRanges: 'showImage',
  fuzzyImage: 'backUp',
  neverChecked: 'check',
  checkOld: 'check',
  dataNeverRead: 'checkData',
  checkFoundDamage: 'checkData',
  // Space has to be made outside.
  repositoryAlmostFull: undefined,
  volumeMissing: 'restore',
};

/** What helps against the worst reason that anything helps against. */
export function helpFor(reasons: readonly HealthReason[]): Help | undefined {
  return reasons.map(({ code }) => HELP[code]).find((help) => help !== undefined);
}
