/** What can be done with the rules and with the one that is selected. */
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { t } from '../../../i18n/t.ts';

/** The button that is always there. */
export const ADD_RULE_ID = 'rule-add';

interface RuleToolsProps {
  /** Place of the selected rule; -1 where none is. */
  index: number;
  count: number;
  onAdd(): void;
  onEdit(): void;
  onRemove(): void;
  onMove(by: 1 | -1): void;
}

export function RuleTools({ index, count, onAdd, onEdit, onRemove, onMove }: RuleToolsProps) {
  const none = index < 0;
  return (
    <div className="sf-button-row">
      <Button id={ADD_RULE_ID} variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={onAdd}>
        {t('preferences:rule.add')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPencil size={15} aria-hidden />}
        disabled={none}
        onClick={onEdit}
        title={t('preferences:rule.editKey')}
      >
        {t('preferences:rule.edit')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={15} aria-hidden />}
        disabled={none}
        onClick={onRemove}
        title={t('preferences:rule.removeKey')}
      >
        {t('preferences:rule.remove')}
      </Button>
      <ActionIcon
        variant="default"
        disabled={none || index === 0}
        onClick={() => onMove(-1)}
        aria-label={t('preferences:rule.up')}
        title={t('preferences:rule.upKey')}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        disabled={none || index === count - 1}
        onClick={() => onMove(1)}
        aria-label={t('preferences:rule.down')}
        title={t('preferences:rule.downKey')}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
