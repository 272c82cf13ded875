/** Options one below the other, connected with the store. */
import type { OptionDescription } from '#contract';
import { shownText } from '../../../stores/preference-draft.ts';
import { useStores, useValue } from '../../../stores/use-stores.ts';
import { DOMAIN_OPTION } from '../tabs.ts';
import { DomainField } from './DomainField.tsx';
import { OptionField } from './OptionField.tsx';

export function OptionFields({ options }: { options: readonly OptionDescription[] }) {
  const { preferences } = useStores();
  const { file, draft, problems } = useValue('preferences', (state) => state);
  if (!file.value) return null;
  const { path, rules: saved } = file.value;
  const rules = draft.rules ?? saved;
  const problemOf = (name: string) => problems.find((each) => each.rule === undefined && each.option === name);
  return options.map((option) => {
    const { name } = option;
    const common = { option, rules, problem: problemOf(name) };
    if (name === DOMAIN_OPTION && file.value)
      return <DomainField key={name} {...common} file={file.value} draft={draft} />;
    return (
      <OptionField
        key={name}
        {...common}
        text={shownText(option, draft)}
        changed={Object.hasOwn(draft.edits, name)}
        path={path}
        onText={(text) => preferences.getState().setText(name, text)}
        onRestore={() => preferences.getState().restoreDefault(name)}
      />
    );
  });
}
