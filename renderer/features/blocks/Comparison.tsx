/** Two images of one volume: which two, the map of their differences, and the differences in numbers. */
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { BlockState, ImageSummary } from '#contract';
import { stateColour } from '../../components/block-map/map-palette.ts';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { IMAGE_TYPE_NAMES } from '../../i18n/words.ts';
import type { ShownComparison } from '../../stores/blocks-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { BlocksPlace } from './BlocksPlace.tsx';
import type { ComparisonChoice } from './comparison-choice.ts';

const COUNTERS = [
  { name: 'unchanged', state: 'unchanged', bytes: 'unchangedBytes' },
  { name: 'changed', state: 'changed', bytes: 'changedBytes' },
  { name: 'added', state: 'stored', bytes: 'addedBytes' },
  { name: 'removed', state: 'zero', bytes: 'removedBytes' },
  { name: 'free', state: 'free', bytes: 'freeBytes' },
] as const satisfies readonly { name: string; state: BlockState; bytes: keyof ShownComparison }[];

function Counters({ comparison }: { comparison: ShownComparison | null }) {
  const percent = new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: 1 });
  const sizeBytes = Math.max(1, comparison?.map.sizeBytes ?? 1);
  return (
    <dl className="sf-stats" aria-label={t('blocks:compare.counters')}>
      {COUNTERS.map(({ name, state, bytes }) => {
        const value = comparison?.[bytes];
        return (
          <div key={name} title={t(`blocks:differenceHelp.${state}`)}>
            <dt>
              <span className="sf-swatch" style={{ background: stateColour(state) }} aria-hidden />
              {t(`blocks:compare.${name}`)}
            </dt>
            <dd title={value === undefined ? undefined : exactBytes(value)}>
              {value === undefined ? '…' : formatBytes(value)}
            </dd>
            <dd className="sf-compare-percent" title={t('blocks:compare.ofVolume')}>
              {value === undefined ? '\u00a0' : percent.format(value / sizeBytes)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface ImageChoiceProps {
  label: string;
  images: readonly ImageSummary[];
  value: string;
  onChange(id: string): void;
}

function ImageChoice({ label, images, value, onChange }: ImageChoiceProps) {
  return (
    <Select
      label={label}
      value={value}
      allowDeselect={false}
      data={images.map((image) => ({
        value: image.id,
        label: `${exactTime(image.time)} · ${IMAGE_TYPE_NAMES[image.imageType]}`,
      }))}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}

/** The map and the numbers, or why there are none. */
function Result({ choice: { before, after } }: { choice: ComparisonChoice }) {
  const { blocks } = useStores();
  const { phase, value, error } = useValue('blocks', (state) => state.comparison);
  if (before === after) return <p className="sf-compare-same sf-dim">{t('blocks:compare.same')}</p>;
  if (error?.code === 'COMMAND_INVALID') {
    return (
      <Notice tone="warn" title={t('blocks:compare.refused')} urgent>
        {typeof error.details.reason === 'string' ? <p>{error.details.reason}</p> : null}
        <p>{t('blocks:compare.chooseOthers')}</p>
      </Notice>
    );
  }
  // Numbers of other images would be a lie.
  const comparison = value?.before === before && value.after === after ? value : null;
  return (
    <>
      <BlocksPlace
        map={{ phase, error, value: comparison?.map ?? null }}
        label={t('blocks:compare.label')}
        loading={t('blocks:compare.loading')}
        words="difference"
        help="differenceHelp"
        legend={false}
        height={200}
        action={
          <Button variant="default" onClick={() => void blocks.getState().compare(before, after)}>
            {t('common:tryAgain')}
          </Button>
        }
      />
      {error ? null : <Counters comparison={comparison} />}
    </>
  );
}

interface ComparisonProps {
  /** Of one volume, newest first; at least two. */
  images: readonly ImageSummary[];
  first: ComparisonChoice;
}

export function Comparison({ images, first }: ComparisonProps) {
  const { blocks } = useStores();
  const [choice, setChoice] = useState(first);
  const { before, after } = choice;
  useEffect(() => {
    if (before !== after) void blocks.getState().compare(before, after);
  }, [blocks, before, after]);
  useEffect(() => () => blocks.getState().leaveComparison(), [blocks]);
  return (
    <div className="sf-stack">
      <div className="sf-compare-choice">
        <ImageChoice
          label={t('blocks:compare.before')}
          images={images}
          value={before}
          onChange={(id) => setChoice({ before: id, after })}
        />
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('blocks:compare.swap')}
          title={t('blocks:compare.swap')}
          onClick={() => setChoice({ before: after, after: before })}
        >
          <IconArrowsLeftRight size={16} aria-hidden />
        </ActionIcon>
        <ImageChoice
          label={t('blocks:compare.after')}
          images={images}
          value={after}
          onChange={(id) => setChoice({ before, after: id })}
        />
      </div>
      <Result choice={choice} />
    </div>
  );
}
