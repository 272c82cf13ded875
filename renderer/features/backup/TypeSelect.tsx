/** The type of the backup, in the field's words. What is not possible says why. */
import { Select } from '@mantine/core';
import type { ImageType } from '#contract';
import { IMAGE_TYPE_HELP, IMAGE_TYPE_NAMES } from '../../i18n/words.ts';

const TYPES = ['static', 'snapshot', 'dynamic'] as const satisfies readonly ImageType[];
const UNAVAILABLE: readonly ImageType[] = ['snapshot'];

export function TypeSelect({ value, onChange }: { value: ImageType; onChange(value: ImageType): void }) {
  return (
    <Select
      aria-label="Type of backup"
      w={210}
      value={value}
      data={TYPES.map((type) => ({ value: type, label: IMAGE_TYPE_NAMES[type], disabled: UNAVAILABLE.includes(type) }))}
      onChange={(next) => {
        const type = TYPES.find((each) => each === next);
        if (type) onChange(type);
      }}
      comboboxProps={{ width: 340, position: 'bottom-start', transitionProps: { duration: 80 } }}
      renderOption={({ option }) => {
        const type = TYPES.find((each) => each === option.value);
        return (
          <span className="sf-option">
            <span>{option.label}</span>
            <span className="sf-small sf-dim">{type ? IMAGE_TYPE_HELP[type] : null}</span>
          </span>
        );
      }}
    />
  );
}
