/** Options one below the other, connected with the store. */
import type { OptionDescription } from '#contract';
import { shownText } from '../../../stores/preference-draft.ts';
import { useStores, useValue } from '../../../stores/use-stores.ts';
import { OptionField } from './OptionField.tsx';

export function OptionFields({ options }: { options: readonly OptionDescription[] }) {
  const { preferences } = useStores();
  const { file, draft, problems } = useValue('preferences', (state) => state);
  const rules = draft.rules ?? file.value?.rules ?? [];
  return options.map((option) => (
    <OptionField
      key={option.name}
      option={option}
      text={shownText(option, draft)}
      changed={Object.hasOwn(draft.edits, option.name)}
      problem={problems.find((each) => each.rule === undefined && each.option === option.name)}
      rules={rules}
      path={file.value?.path ?? ''}
      onText={(text) => preferences.getState().setText(option.name, text)}
      onRestore={() => preferences.getState().restoreDefault(option.name)}
    />
  ));
}
