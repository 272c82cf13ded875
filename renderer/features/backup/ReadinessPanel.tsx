/** Snapshot readiness: for each selected volume which provider would be taken, or why none and what to do about it. */
import './readiness.css';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCamera, IconCircleX } from '@tabler/icons-react';
import { lacksSpace, type SnapshotReadiness, type Volume } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';
import { IMAGE_TYPE_NAMES } from '../../i18n/words.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { outlookOf, type SnapshotOutlook } from '../../stores/snapshot-outlook.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SnapshotLine } from './SnapshotLine.tsx';
import { baseName, volumeTitle } from './volume-tree.ts';

function Says({ outlook }: { outlook: SnapshotOutlook }) {
  if (outlook.kind === 'snapshot') {
    return (
      <span className="sf-says">
        <IconCamera size={15} className="sf-ok" aria-hidden />
        <span>
          {IMAGE_TYPE_NAMES.snapshot}: <Sentence text={outlook.by.method} />
        </span>
      </span>
    );
  }
  const refused = outlook.kind === 'refused';
  const Glyph = refused ? IconCircleX : IconAlertTriangle;
  return (
    <span className="sf-says">
      <Glyph size={15} className={refused ? 'sf-bad' : 'sf-warn'} aria-hidden />
      <span>
        {refused
          ? t(lacksSpace(outlook.no) ? 'backup:readiness.refusedSpace' : 'backup:readiness.refusedFailover')
          : t('backup:readiness.static')}
      </span>
    </span>
  );
}

/** Why there is no snapshot, and what to do about it. */
function WhyNot({ outlook, readiness }: { outlook: SnapshotOutlook; readiness: SnapshotReadiness }) {
  if (outlook.kind === 'snapshot') return null;
  const { no } = outlook;
  if (!no) {
    const none = readiness.providers.length === 0;
    return <p className="sf-dim sf-small">{none ? t('backup:readiness.none') : null}</p>;
  }
  return (
    <>
      <p className="sf-dim sf-small">
        <Sentence text={no.reason} />
      </p>
      {no.remedy === '' ? null : (
        <p className="sf-small">
          <strong>{t('backup:readiness.whatToDo')} </strong>
          <Sentence text={no.remedy} />
        </p>
      )}
    </>
  );
}

interface VolumeReadinessProps {
  name: string;
  volume: Volume | undefined;
  answer: Loadable<SnapshotReadiness | null> | undefined;
}

function VolumeReadiness({ name, volume, answer }: VolumeReadinessProps) {
  const { backup, readiness } = useStores();
  const own = useValue('backup', (state) => state.providers[name]);
  const ofRun = useValue('backup', (state) => state.overrides.snapshotproviderimage);
  const named = own ?? answer?.value?.providers.find(({ provider }) => provider === ofRun)?.provider;
  const title = volume ? volumeTitle(volume) : baseName(name);
  if (answer?.error) {
    return (
      <li>
        <ErrorCard
          error={answer.error}
          subject={title}
          action={
            <Button variant="default" onClick={() => void readiness.getState().ask([name])}>
              {t('common:tryAgain')}
            </Button>
          }
        />
      </li>
    );
  }
  const outlook = answer?.value ? outlookOf('snapshot', answer.value, named) : undefined;
  const provider = outlook?.kind === 'snapshot' ? outlook.by : outlook?.kind === 'refused' ? outlook.no : undefined;
  return (
    <li className="sf-readiness" aria-busy={answer?.value ? undefined : true}>
      <strong className="sf-clip" title={name}>
        {title}
      </strong>
      <div className="sf-readiness-body">
        {outlook && answer?.value ? (
          <SnapshotLine
            volume={name}
            readiness={answer.value}
            provider={provider}
            onUse={(next) => backup.getState().nameProvider(name, next)}
            below={<WhyNot outlook={outlook} readiness={answer.value} />}
          >
            <Says outlook={outlook} />
          </SnapshotLine>
        ) : (
          <Skeleton height={24} radius={3} />
        )}
      </div>
    </li>
  );
}

export function ReadinessPanel() {
  const selected = useValue('backup', (state) => state.selected);
  const volumes = useValue('volumes', (state) => state.list.value);
  const known = useValue('readiness', (state) => state.byVolume);
  const busy = useValue('tasks', (state) =>
    state.tasks.some((task) => task.kind === 'backup' && !state.dismissed.includes(task.id)),
  );
  if (selected.length === 0) {
    // What runs needs the room more than a hint does.
    return busy ? null : <p className="sf-dim">{t('backup:readiness.select')}</p>;
  }
  const complete = selected.every((name) => known[name]?.value || known[name]?.error);
  return (
    <section className="sf-card" aria-label={t('backup:readiness.title')} aria-busy={!complete}>
      <header className="sf-card-head">
        <h2>{t('backup:readiness.title')}</h2>
      </header>
      <ul className="sf-readiness-list">
        {selected.map((name) => (
          <VolumeReadiness
            key={name}
            name={name}
            volume={volumes.find((each) => each.name === name)}
            answer={known[name]}
          />
        ))}
      </ul>
    </section>
  );
}
