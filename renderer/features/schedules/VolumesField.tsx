/** Which volumes a schedule backs up: those of the domain, or its own. */
import { Radio } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { useValue } from '../../stores/use-stores.ts';
import { ListEditor } from '../preferences/fields/ListEditor.tsx';
import { useVolumeNames } from '../preferences/rules/use-volume-names.ts';
import type { ScheduleDraft } from './schedule-draft.ts';

const NO_VOLUMES: readonly string[] = [];
const PROBLEM_ID = 'sf-schedule-volumes-problem';

interface VolumesFieldProps {
  draft: ScheduleDraft;
  /** Volumes are to be named, and none is. */
  problem: boolean;
  onWhich(which: ScheduleDraft['which']): void;
  onVolumes(volumes: string[]): void;
}

export function VolumesField({ draft, problem, onWhich, onVolumes }: VolumesFieldProps) {
  const domain = useValue('preferences', (state) => state.file.value?.domain ?? NO_VOLUMES);
  const names = useVolumeNames();
  return (
    <Radio.Group
      label={t('schedules:form.which')}
      value={draft.which}
      onChange={(which) => onWhich(which === 'named' ? 'named' : 'domain')}
    >
      <div className="sf-schedule-which">
        <Radio
          value="domain"
          label={
            domain.length > 0
              ? t('schedules:form.domain', { volumes: domain.join(', ') })
              : t('schedules:form.domainEmpty')
          }
        />
        <Radio value="named" label={t('schedules:form.named')} />
      </div>
      {draft.which === 'named' ? (
        <div className="sf-schedule-volumes">
          <ListEditor
            id="sf-schedule-volumes"
            label={t('schedules:form.volumes')}
            describedBy={PROBLEM_ID}
            disabled={false}
            entries={draft.definition.volumes}
            suggestions={names}
            onEntries={onVolumes}
          />
          <p id={PROBLEM_ID} className="sf-small sf-bad" role="status">
            {problem ? t('schedules:problem.volumes') : ''}
          </p>
        </div>
      ) : null}
    </Radio.Group>
  );
}
