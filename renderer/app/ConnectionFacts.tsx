/** File → Connection Information: where the repository is, and which engine answers. */
import { Bytes } from '../components/Bytes.tsx';
import { FactList } from '../components/FactList.tsx';
import { formatCount } from '../i18n/formats.ts';
import { t } from '../i18n/t.ts';
import { useValue } from '../stores/use-stores.ts';

export function ConnectionFacts() {
  const status = useValue('repository', (state) => state.status.value);
  const system = useValue('system', (state) => state.description.value);
  const phase = useValue('connection', (state) => state.connection.phase);
  return (
    <div className="sf-stack">
      <FactList
        title={t('shell:connection.repository')}
        facts={[
          {
            label: t('shell:connection.location'),
            value: status?.location ?? t('notKnown'),
            copy: status?.location,
            mono: true,
          },
          { label: t('shell:connection.id'), value: status?.id ?? t('none'), copy: status?.id, mono: true },
          {
            label: t('shell:connection.state'),
            value: status ? t(`shell:connection.states.${status.state}`) : t('notKnown'),
          },
          { label: t('shell:connection.images'), value: formatCount(status?.imageCount ?? 0) },
          {
            label: t('shell:connection.free'),
            value: status?.freeBytes === undefined ? t('notKnown') : <Bytes value={status.freeBytes} />,
          },
        ]}
      />
      <FactList
        title={t('shell:connection.engine')}
        facts={[
          { label: t('shell:connection.link'), value: t(`shell:connection.phases.${phase}`) },
          { label: t('shell:connection.node'), value: system?.nodeName ?? t('notKnown') },
          { label: t('shell:connection.platform'), value: system?.platform ?? t('notKnown') },
          { label: t('shell:connection.version'), value: system?.version ?? t('notKnown') },
          {
            label: t('shell:connection.rights'),
            value: t(system?.privileged ? 'shell:connection.administrator' : 'shell:connection.user'),
          },
        ]}
      />
    </div>
  );
}
