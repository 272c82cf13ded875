/** `domain.image`: the volumes that are backed up when none is named. */
import type { ImageRule, OptionDescription, PreferenceProblem, Preferences } from '#contract';
import { optionLabel } from '../../../i18n/option-texts.ts';
import type { PreferenceDraft } from '../../../stores/preference-draft.ts';
import { useStores } from '../../../stores/use-stores.ts';
import { useVolumeNames } from '../rules/use-volume-names.ts';
import { ListEditor } from './ListEditor.tsx';
import { controlId, descriptionIds, OptionField } from './OptionField.tsx';

interface DomainFieldProps {
  option: OptionDescription;
  file: Preferences;
  draft: PreferenceDraft;
  problem: PreferenceProblem | undefined;
  rules: readonly ImageRule[];
}

export function DomainField({ option, file, draft, problem, rules }: DomainFieldProps) {
  const { preferences } = useStores();
  const suggestions = useVolumeNames();
  const entries = draft.domain ?? file.domain;
  const ids = descriptionIds(option.name);
  const put = (domain: string[]) => preferences.getState().setDomain(domain);
  return (
    <OptionField
      option={option}
      text={entries.join(' ')}
      changed={draft.domain !== null}
      problem={problem}
      rules={rules}
      path={file.path}
      onText={() => undefined}
      onRestore={() => put([])}
      control={
        <ListEditor
          id={controlId(option.name)}
          label={optionLabel(option.name)}
          describedBy={`${ids.help} ${ids.note}`}
          disabled={option.locked}
          entries={entries}
          suggestions={suggestions}
          onEntries={put}
        />
      }
    />
  );
}
