/** A disk as a whole: what it is, and its partition table. */
import type { Volume } from '#contract';
import { Bytes } from '../../components/Bytes.tsx';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';
import { PARTITION_SCHEME_WORDS } from '../../i18n/words.ts';
import { given, sectorText } from './facts.ts';

export function DiskDetails({ disk }: { disk: Volume }) {
  const { partitionTable: table } = disk;
  const facts: Fact[] = [
    { label: t('backup:inspector.device'), value: disk.name, copy: disk.name, mono: true },
    { label: t('backup:inspector.size'), value: <Bytes value={disk.sizeBytes} /> },
    ...given(t('backup:inspector.serial'), disk.serial, { mono: true }),
    ...given(t('backup:inspector.transport'), disk.transport),
    { label: t('backup:inspector.sectors'), value: sectorText(disk) },
  ];
  return (
    <div className="sf-stack">
      <h2 className="sf-backup-inspector-title">{disk.model || disk.name}</h2>
      <FactList title={t('backup:inspector.disk')} facts={facts} />
      {table ? (
        <FactList
          title={t('backup:inspector.table')}
          facts={[
            { label: t('backup:inspector.format'), value: PARTITION_SCHEME_WORDS[table.scheme] },
            ...given(t('backup:inspector.diskId'), table.diskId, { mono: true, copy: true }),
            { label: t('backup:inspector.partitions'), value: String(table.entries.length) },
          ]}
        />
      ) : null}
      {table?.problems.map((problem) => (
        <Notice key={problem} tone="warn">
          <p>
            <Sentence text={problem} />
          </p>
        </Notice>
      ))}
    </div>
  );
}
