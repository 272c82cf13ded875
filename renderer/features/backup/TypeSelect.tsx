/** The type of the backup, in the field's words. What a volume gets from it is said below the tree. */
import { t } from '../../i18n/t.ts';
import { BACKUP_TYPE_HELP, BACKUP_TYPE_NAMES, type BackupType } from '../../i18n/words.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';

interface TypeSelectProps {
  value: BackupType;
  onChange(value: BackupType): void;
}

export function TypeSelect({ value, onChange }: TypeSelectProps) {
  return (
    <ChoiceSelect
      label={t('backup:toolbar.type')}
      width={252}
      names={BACKUP_TYPE_NAMES}
      help={BACKUP_TYPE_HELP}
      value={value}
      onChange={onChange}
    />
  );
}
