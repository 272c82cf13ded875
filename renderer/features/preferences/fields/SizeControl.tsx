/** A size: a number and its unit. */
import { NumberInput, Select } from '@mantine/core';
import { t } from '../../../i18n/t.ts';
import { type ControlProps, inputProps } from './control-props.ts';
import { SIZE_UNITS, sizeParts, sizeText } from './option-sizes.ts';

const UNIT_NAMES = { k: 'KiB', m: 'MiB', g: 'GiB' } as const;

export function SizeControl(props: ControlProps) {
  const { text, onText, label } = props;
  const { number, unit } = sizeParts(text);
  return (
    <div className="sf-pref-size">
      <NumberInput
        {...inputProps(props)}
        aria-label={label}
        value={number}
        onChange={(value) => onText(sizeText({ number: String(value), unit }))}
        min={0}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        placeholder={props.option.default}
      />
      <Select
        aria-label={t('preferences:field.unitOf', { label })}
        data={SIZE_UNITS.map((each) => ({ value: each, label: UNIT_NAMES[each] }))}
        value={unit}
        disabled={props.disabled || number === '' || Number(number) === 0}
        onChange={(next) => {
          const chosen = SIZE_UNITS.find((each) => each === next);
          if (chosen) onText(sizeText({ number, unit: chosen }));
        }}
      />
    </div>
  );
}
