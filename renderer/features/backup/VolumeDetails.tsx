/** Everything that is known of one volume: its contents, who uses it, its snapshots, its last image. */
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ImageSummary, Volume } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { Bytes } from '../../components/Bytes.tsx';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { UsageBar } from '../../components/UsageBar.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { IMAGE_TYPE_NAMES, VOLUME_KIND_WORDS } from '../../i18n/words.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ClassInForce } from '../policy/ClassInForce.tsx';
import { encryptionHint } from './encryption.ts';
import { given, sectorText } from './facts.ts';
import { ReadinessFacts } from './ReadinessFacts.tsx';
import { useNotes } from './use-notes.ts';
import { baseName, volumeTitle } from './volume-tree.ts';

function contentFacts(volume: Volume): Fact[] {
  const { sizeBytes, usedBytes, partition } = volume;
  return [
    { label: t('backup:inspector.format'), value: volume.fsType || t('backup:tree.raw'), mono: true },
    ...given(t('backup:inspector.label'), volume.label),
    ...(usedBytes === undefined
      ? []
      : [
          { label: t('backup:inspector.used'), value: <Bytes value={usedBytes} /> },
          { label: t('backup:inspector.free'), value: <Bytes value={Math.max(0, sizeBytes - usedBytes)} /> },
        ]),
    ...given(t('backup:inspector.uuid'), volume.uuid, { mono: true, copy: true }),
    ...given(t('backup:inspector.partUuid'), volume.partUuid, { mono: true, copy: true }),
    ...(partition
      ? [
          {
            label: t('backup:inspector.partition'),
            value: t('backup:inspector.partitionText', {
              number: partition.number,
              type: translateSentence(partition.typeName) || partition.typeId,
            }),
          },
        ]
      : []),
  ];
}

function deviceFacts(volume: Volume): Fact[] {
  return [
    { label: t('backup:inspector.device'), value: volume.name, copy: volume.name, mono: true },
    { label: t('backup:inspector.kind'), value: VOLUME_KIND_WORDS[volume.kind] },
    { label: t('backup:inspector.size'), value: <Bytes value={volume.sizeBytes} /> },
    ...given(t('backup:inspector.model'), volume.model),
    ...given(t('backup:inspector.serial'), volume.serial, { mono: true }),
    ...given(t('backup:inspector.transport'), volume.transport),
    { label: t('backup:inspector.sectors'), value: sectorText(volume) },
  ];
}

/** Mounts first, then whatever else holds it. */
function Users({ volume }: { volume: Volume }) {
  const others = volume.holders.filter(({ kind }) => kind !== 'mount');
  const nobody = volume.mounts.length === 0 && others.length === 0;
  return (
    <section className="sf-facts">
      <h3>{t('backup:inspector.users')}</h3>
      {nobody ? <p className="sf-dim sf-small">{t('backup:inspector.nobody')}</p> : null}
      <ul className="sf-users">
        {volume.mounts.map(({ mountPoint, readOnly, options }) => (
          <li key={mountPoint} title={options}>
            <span className="sf-mono">{mountPoint}</span>{' '}
            <span className="sf-dim">
              {t(readOnly ? 'backup:inspector.mountReadOnly' : 'backup:inspector.mountWritable')}
            </span>
          </li>
        ))}
        {others.map(({ kind, name, pid }) => (
          <li key={`${kind} ${name} ${pid}`}>
            {kind === 'process' ? null : <span className="sf-dim">{t(`backup:inspector.holder.${kind}`)} </span>}
            <span className="sf-mono">{name}</span>
            {pid === undefined ? null : <span className="sf-dim"> {t('backup:inspector.process', { pid })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function LastImage({ image, now }: { image: ImageSummary | undefined; now: number }) {
  const { images, ui } = useStores();
  if (!image) {
    return (
      <section className="sf-facts">
        <h3>{t('backup:inspector.lastImage')}</h3>
        <p className="sf-dim sf-small">{t('backup:inspector.noImage')}</p>
      </section>
    );
  }
  return (
    <>
      <FactList
        title={t('backup:inspector.lastImage')}
        facts={[
          { label: t('backup:inspector.made'), value: <Ago instant={image.time} now={now} /> },
          { label: t('backup:inspector.type'), value: IMAGE_TYPE_NAMES[image.imageType] },
          { label: t('backup:inspector.added'), value: <Bytes value={image.newSize} /> },
        ]}
      />
      <Button
        variant="default"
        rightSection={<IconArrowRight size={15} aria-hidden />}
        onClick={() => {
          images.getState().select(image.id);
          ui.getState().show('restore');
        }}
      >
        {t('backup:inspector.show')}
      </Button>
    </>
  );
}

interface VolumeDetailsProps {
  volume: Volume;
  offline: boolean;
  now: number;
}

export function VolumeDetails({ volume, offline, now }: VolumeDetailsProps) {
  const { readiness } = useStores();
  const answer = useValue('readiness', (state) => state.byVolume[volume.name]);
  const rules = useValue('readiness', (state) => state.rules[volume.name]);
  const { imageOf, notesOf } = useNotes();
  const { tooLarge } = notesOf(volume);
  const known = answer !== undefined;
  const encryption = encryptionHint(volume);
  const [title, device] = [volumeTitle(volume), baseName(volume.name)];

  useEffect(() => {
    if (!known && !offline) void readiness.getState().ask([volume.name]);
  }, [known, offline, readiness, volume.name]);
  useEffect(() => {
    void readiness.getState().testRules([volume.name]);
  }, [readiness, volume.name]);

  return (
    <div className="sf-stack">
      <h2 className="sf-backup-inspector-title" title={volume.name}>
        {title}
        {title === device ? null : <span className="sf-mono sf-dim">{device}</span>}
      </h2>
      {offline ? (
        <Notice tone="bad">
          <p>{t('backup:badge.offlineHint')}</p>
        </Notice>
      ) : null}
      <UsageBar sizeBytes={volume.sizeBytes} usedBytes={volume.usedBytes} />
      {tooLarge === '' ? null : (
        <Notice tone="warn">
          <p>{tooLarge}</p>
        </Notice>
      )}
      {encryption === '' ? null : <p className="sf-dim sf-small">{encryption}</p>}
      <FactList title={t('backup:inspector.fileSystem')} facts={contentFacts(volume)} />
      {offline ? null : <Users volume={volume} />}
      {offline ? null : <ReadinessFacts volume={volume.name} answer={answer} />}
      {rules?.excluded ? (
        <FactList
          title={t('backup:inspector.rules')}
          facts={[{ label: t('backup:badge.excluded'), value: t('backup:inspector.excluded') }]}
        />
      ) : null}
      {rules && !rules.excluded ? <ClassInForce named={rules.managementClass} /> : null}
      <LastImage image={imageOf(volume.name)} now={now} />
      <FactList title={t('backup:inspector.volume')} facts={deviceFacts(volume)} />
    </div>
  );
}
