/** What policy lets people do with the selected image: pin, delete, bring back, deactivate its volume. */
import { Button, Menu } from '@mantine/core';
import { IconArchiveOff, IconChevronDown, IconPin, IconRestore, IconTrash } from '@tabler/icons-react';
import type { ImageSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

export function ImageMenu({ image }: { image: ImageSummary | null }) {
  const { retention, ui } = useStores();
  const { openDialog } = ui.getState();
  const isDeleted = image?.deletedAt !== undefined;
  const isForeign = image?.origin === 'restic';
  return (
    <Menu width={240} position="bottom-end" withinPortal={false} disabled={image === null}>
      <Menu.Target>
        <Button
          variant="default"
          disabled={image === null}
          aria-label={t('retention:image.menuLabel')}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('retention:image.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPin size={14} aria-hidden />}
          disabled={isDeleted || isForeign}
          title={isForeign ? t('shell:unavailable.foreign') : undefined}
          onClick={() => openDialog('pin')}
        >
          {t(image?.pinned ? 'retention:pin.menuUnpin' : 'retention:pin.menu')}
        </Menu.Item>
        {isDeleted ? (
          <Menu.Item
            leftSection={<IconRestore size={14} aria-hidden />}
            onClick={() => image && void retention.getState().undeleteImages([image.id])}
          >
            {t('retention:delete.undelete')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => openDialog('delete-backup')}>
            {t('retention:delete.menu')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArchiveOff size={14} aria-hidden />}
          disabled={image?.active !== true}
          title={image?.active === true ? undefined : t('shell:unavailable.notActive')}
          onClick={() => openDialog('deactivate')}
        >
          {t('retention:deactivate.menu')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
