/** What can be done with one class. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconStar, IconTrash } from '@tabler/icons-react';
import type { ManagementClass } from '#contract';
import { t } from '../../i18n/t.ts';

interface ClassActionsProps {
  one: ManagementClass;
  isDefault: boolean;
  onEdit(): void;
  onCopy(): void;
  onRemove(): void;
  onMakeDefault(): void;
}

/** The id of the button that edits a class. */
export function editId(name: string): string {
  return `edit-class-${name.toLowerCase()}`;
}

/** Why it cannot be made the default; undefined where it can. */
function whyNotDefault(one: ManagementClass, isDefault: boolean): string | undefined {
  if (isDefault) return t('policy:actions.isDefault');
  return one.backup ? undefined : t('policy:actions.needsGroup');
}

export function ClassActions({ one, isDefault, onEdit, onCopy, onRemove, onMakeDefault }: ClassActionsProps) {
  const { name } = one;
  const noDefault = whyNotDefault(one, isDefault);
  return (
    <span className="sf-class-actions">
      <ActionIcon
        id={editId(name)}
        size={26}
        aria-label={t('policy:actions.edit', { name })}
        title={t('policy:actions.edit', { name })}
        onClick={onEdit}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
      <Menu width={240} position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon
            size={26}
            aria-label={t('policy:actions.more', { name })}
            title={t('policy:actions.more', { name })}
          >
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={onCopy}>
            {t('policy:actions.copyShort')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconStar size={14} aria-hidden />}
            disabled={noDefault !== undefined}
            title={noDefault}
            onClick={onMakeDefault}
          >
            {t('policy:actions.makeDefaultShort')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={14} aria-hidden />}
            disabled={isDefault}
            title={isDefault ? t('policy:actions.defaultStays') : undefined}
            onClick={onRemove}
          >
            {t('policy:actions.removeShort')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
