/** A drop-down of a few choices, each with a line that says what it means. */
import { Select } from '@mantine/core';

interface ChoiceSelectProps<Choice extends string> {
  label: string;
  width: number;
  names: Readonly<Record<Choice, string>>;
  help: Readonly<Record<Choice, string>>;
  value: Choice;
  onChange(value: Choice): void;
}

export function ChoiceSelect<Choice extends string>(props: ChoiceSelectProps<Choice>) {
  const { label, width, names, help, value, onChange } = props;
  const choices = Object.keys(names) as Choice[];
  const choiceOf = (text: string | null) => choices.find((each) => each === text);
  return (
    <Select
      aria-label={label}
      w={width}
      value={value}
      data={choices.map((choice) => ({ value: choice, label: names[choice] }))}
      onChange={(next) => {
        const choice = choiceOf(next);
        if (choice) onChange(choice);
      }}
      comboboxProps={{ width: 360, position: 'bottom-start' }}
      renderOption={({ option }) => {
        const choice = choiceOf(option.value);
        return (
          <span className="sf-option">
            <span>{option.label}</span>
            <span className="sf-small sf-dim">{choice ? help[choice] : null}</span>
          </span>
        );
      }}
    />
  );
}
