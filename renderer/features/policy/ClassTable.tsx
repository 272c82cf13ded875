/** The management classes with every attribute, and one plain sentence for what they mean. */

import { IconStar } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { BackupCopyGroup, ManagementClass, PolicySet } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { groupValue, meaningOf } from '../../i18n/policy.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { copyName, GROUP_FIELDS, type GroupField, isSameName, withoutClass } from '../../stores/policy-draft.ts';
import { useStores } from '../../stores/use-stores.ts';
import { ClassActions } from './ClassActions.tsx';

/** A class that is edited: as it starts, and its name in the policy, null for a new one. */
export interface EditedClass {
  start: ManagementClass;
  original: string | null;
}

/** The words that dsmc and its servers have for the attributes. */
const NAMES: Readonly<Record<GroupField, string>> = {
  verExists: 'VEREXISTS',
  verDeleted: 'VERDELETED',
  retExtra: 'RETEXTRA',
  retOnly: 'RETONLY',
  mode: 'MODE',
  serialization: 'SERIALIZATION',
  changingRetries: 'CHANGINGRETRIES',
};

function valueHelp(field: GroupField, group: BackupCopyGroup): string {
  if (field === 'mode') return t(`policy:modeHelp.${group.mode}`);
  return field === 'serialization'
    ? t(`policy:serializationHelp.${group.serialization}`)
    : t(`policy:fieldHelp.${field}`);
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col">{t('policy:table.name')}</th>
        {GROUP_FIELDS.map((field) => (
          <th key={field} scope="col" title={`${NAMES[field]}: ${t(`policy:fieldHelp.${field}`)}`}>
            {t(`policy:field.${field}`)}
          </th>
        ))}
        <th scope="col">{t('policy:table.volumes')}</th>
        <th scope="col">
          <span className="sf-unseen">{t('policy:table.actions')}</span>
        </th>
      </tr>
    </thead>
  );
}

interface ClassRowProps {
  one: ManagementClass;
  isDefault: boolean;
  volumes: readonly string[];
  actions: { onEdit(): void; onCopy(): void; onRemove(): void; onMakeDefault(): void };
}

function ClassRow({ one, isDefault, volumes, actions }: ClassRowProps) {
  const { name, description, backup } = one;
  return (
    <Fragment>
      <tr className="sf-class-values">
        <th scope="row">
          <span className="sf-class-name">{name}</span>
          {isDefault ? (
            <StatusBadge
              icon={IconStar}
              tone="info"
              word={t('policy:table.default')}
              hint={t('policy:table.defaultHelp')}
            />
          ) : null}
        </th>
        {GROUP_FIELDS.map((field) => (
          <td key={field} title={backup ? valueHelp(field, backup) : undefined}>
            {backup ? groupValue(backup[field]) : <span className="sf-dim">–</span>}
          </td>
        ))}
        <td title={volumes.join('\n')}>
          {volumes.length === 0 ? <span className="sf-dim">{t('policy:table.noVolumes')}</span> : volumes.length}
        </td>
        <td>
          <ClassActions one={one} isDefault={isDefault} {...actions} />
        </td>
      </tr>
      <tr className="sf-class-meaning">
        <td colSpan={GROUP_FIELDS.length + 3}>
          <p>{meaningOf(backup)}</p>
          {description === '' ? null : <p className="sf-dim">{translateSentence(description)}</p>}
          {volumes.length === 0 ? null : <p className="sf-class-volumes sf-mono">{volumes.join(' · ')}</p>}
        </td>
      </tr>
    </Fragment>
  );
}

interface ClassTableProps {
  set: PolicySet;
  bound(name: string): readonly string[];
  onEdit(edited: EditedClass): void;
}

export function ClassTable({ set, bound, onEdit }: ClassTableProps) {
  const { policy } = useStores();
  return (
    <div className="sf-class-scroll">
      <table className="sf-class-table" aria-label={t('policy:table.label')}>
        <Head />
        <tbody>
          {set.classes.map((one) => (
            <ClassRow
              key={one.name}
              one={one}
              isDefault={isSameName(set.defaultClass, one.name)}
              volumes={bound(one.name)}
              actions={{
                onEdit: () => onEdit({ start: one, original: one.name }),
                onCopy: () => onEdit({ start: { ...one, name: copyName(set, one.name) }, original: null }),
                onRemove: () => policy.getState().edit(withoutClass(set, one.name)),
                onMakeDefault: () => policy.getState().edit({ ...set, defaultClass: one.name }),
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
