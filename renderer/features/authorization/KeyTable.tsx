/** The keys of the repository, and removing one. */
import { Button, Modal, Table } from '@mantine/core';
import { useState } from 'react';
import type { RepositoryKey } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

const SHORT_ID = 8;

export function KeyTable({ keys }: { keys: readonly RepositoryKey[] }) {
  const store = useStores().keys;
  const busy = useValue('keys', (state) => state.busy);
  const [removing, setRemoving] = useState<RepositoryKey | null>(null);
  return (
    <>
      <Table className="sf-keys-table" aria-label={t('authorization:title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('authorization:columns.id')}</Table.Th>
            <Table.Th>{t('authorization:columns.created')}</Table.Th>
            <Table.Th>{t('authorization:columns.by')}</Table.Th>
            <Table.Th>
              <span className="sf-unseen">{t('authorization:columns.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => {
            const short = key.id.slice(0, SHORT_ID);
            return (
              <Table.Tr key={key.id}>
                <Table.Td className="sf-mono" title={key.id}>
                  {short}
                </Table.Td>
                <Table.Td>{exactTime(key.created)}</Table.Td>
                <Table.Td className="sf-break">
                  {key.username}@{key.hostname}
                  {key.current ? <span className="sf-dim"> · {t('authorization:current')}</span> : null}
                </Table.Td>
                <Table.Td>
                  <Button
                    variant="default"
                    disabled={key.current || busy}
                    title={key.current ? t('authorization:currentHint') : undefined}
                    aria-label={t('authorization:removeKey', { id: short })}
                    onClick={() => setRemoving(key)}
                  >
                    {t('authorization:remove')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Modal
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('authorization:removeTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size={480}
      >
        <div className="sf-stack">
          <p className="sf-mono">{removing?.id.slice(0, SHORT_ID)}</p>
          <Notice tone="warn">
            <p>{t('authorization:removeWarning')}</p>
          </Notice>
          <div className="sf-button-row end">
            <Button variant="default" data-autofocus onClick={() => setRemoving(null)}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                if (removing) void store.getState().remove(removing.id);
                setRemoving(null);
              }}
            >
              {t('authorization:confirmRemove')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
