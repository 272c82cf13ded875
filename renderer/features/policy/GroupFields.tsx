/** The attributes of a backup copy group, each with what it means. */
import { Select } from '@mantine/core';
import { copyModeSchema, serializationSchema } from '#contract';
import { t } from '../../i18n/t.ts';
import { type ClassForm, type FormProblems, NUMBER_FIELDS, type NumberField } from '../../stores/class-form.ts';
import { STANDARD_GROUP } from '../../stores/policy-draft.ts';
import { LimitField } from './LimitField.tsx';

interface GroupFieldsProps {
  form: ClassForm;
  problems: FormProblems;
  onChange(part: Partial<ClassForm>): void;
}

function NumberOf({ field, form, problems, onChange }: GroupFieldsProps & { field: NumberField }) {
  const { minimum, maximum, mayBeUnlimited } = NUMBER_FIELDS[field];
  return (
    <LimitField
      label={t(`policy:field.${field}`)}
      help={t(`policy:fieldHelp.${field}`)}
      unit={t(`policy:unit.${field}`)}
      text={form.numbers[field]}
      usual={String(STANDARD_GROUP[field])}
      problem={problems[field] ? t('policy:editor.problem.number', { minimum, maximum }) : undefined}
      mayBeUnlimited={mayBeUnlimited}
      onText={(text) => onChange({ numbers: { ...form.numbers, [field]: text } })}
    />
  );
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  choices: readonly { value: V; label: string; help: string }[];
  onChange(value: V): void;
}

function Choice<V extends string>({ label, value, choices, onChange }: ChoiceProps<V>) {
  return (
    <Select
      label={label}
      description={choices.find((choice) => choice.value === value)?.help}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={value}
      data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      onChange={(next) => {
        const found = choices.find((choice) => choice.value === next);
        if (found) onChange(found.value);
      }}
    />
  );
}

export function GroupFields(props: GroupFieldsProps) {
  const { form, onChange } = props;
  return (
    <>
      <div className="sf-group-fields">
        <NumberOf {...props} field="verExists" />
        <NumberOf {...props} field="retExtra" />
        <NumberOf {...props} field="verDeleted" />
        <NumberOf {...props} field="retOnly" />
      </div>
      <div className="sf-group-fields three">
        <Choice
          label={t('policy:field.serialization')}
          value={form.serialization}
          choices={serializationSchema.options.map((value) => ({
            value,
            label: t(`policy:serialization.${value}`),
            help: t(`policy:serializationHelp.${value}`),
          }))}
          onChange={(serialization) => onChange({ serialization })}
        />
        <NumberOf {...props} field="changingRetries" />
        <Choice
          label={t('policy:field.mode')}
          value={form.mode}
          choices={copyModeSchema.options.map((value) => ({
            value,
            label: t(`policy:mode.${value}`),
            help: t(`policy:modeHelp.${value}`),
          }))}
          onChange={(mode) => onChange({ mode })}
        />
      </div>
    </>
  );
}
