/** The control that edits an option, by its type. */
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { optionChoice, optionEmpty } from '../../../i18n/option-texts.ts';
import { t } from '../../../i18n/t.ts';
import { ClassChoice } from '../../policy/ClassChoice.tsx';
import { type ControlProps, inputProps } from './control-props.ts';
import { ListEditor } from './ListEditor.tsx';
import { choiceOf, isYes, unitSuffix } from './option-values.ts';
import { PathControl } from './PathControl.tsx';
import { SizeControl } from './SizeControl.tsx';

/** Stands for “nothing set” in the drop-down. */
const UNSET = ' unset';

function FlagControl(props: ControlProps) {
  const on = isYes(props.text);
  return (
    <Switch
      {...inputProps(props)}
      checked={on}
      onChange={(event) => props.onText(event.currentTarget.checked ? 'yes' : 'no')}
      aria-label={props.label}
      label={<span aria-hidden>{on ? t('preferences:value.yes') : t('preferences:value.no')}</span>}
      className="sf-pref-switch"
    />
  );
}

function ChoiceControl(props: ControlProps) {
  const { option, text, onText, required = false } = props;
  const known = choiceOf(option, text);
  const data = option.values.map((value) => ({ value, label: optionChoice(option.name, value) }));
  if (option.default === '' && !required) data.unshift({ value: UNSET, label: optionEmpty(option) });
  // What the file says although it is not allowed is shown, too.
  if (text !== '' && known === undefined) data.push({ value: text, label: text });
  return (
    <Select
      {...inputProps(props)}
      aria-label={props.label}
      data={data}
      value={text === '' ? (required ? null : UNSET) : (known ?? text)}
      onChange={(next) => next !== null && onText(next === UNSET ? '' : next)}
    />
  );
}

function IntegerControl(props: ControlProps) {
  const { option, text, onText } = props;
  return (
    <NumberInput
      {...inputProps(props)}
      aria-label={props.label}
      value={text}
      onChange={(value) => onText(String(value))}
      min={option.minimum ?? 0}
      max={option.maximum ?? Number.MAX_SAFE_INTEGER}
      clampBehavior="none"
      allowDecimal={false}
      suffix={unitSuffix(option)}
      placeholder={option.default === '' ? optionEmpty(option) : option.default}
    />
  );
}

/** Entries with blanks between them. */
function ListControl(props: ControlProps) {
  const { text, onText, id, label, describedBy, disabled } = props;
  return (
    <ListEditor
      id={id}
      label={label}
      describedBy={describedBy}
      disabled={disabled}
      entries={text.split(/\s+/).filter(Boolean)}
      suggestions={[]}
      onEntries={(entries) => onText(entries.join(' '))}
    />
  );
}

function TextControl(props: ControlProps) {
  return (
    <TextInput
      {...inputProps(props)}
      aria-label={props.label}
      value={props.text}
      onChange={(event) => props.onText(event.currentTarget.value)}
      placeholder={props.option.default === '' ? optionEmpty(props.option) : props.option.default}
      spellCheck={false}
    />
  );
}

/** The classes of the repository, or a name that is typed. */
function ClassControl(props: ControlProps) {
  const { option, text, onText, id, label, describedBy, invalid, disabled } = props;
  return (
    <ClassChoice
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      invalid={invalid}
      value={text}
      placeholder={option.default}
      onChange={onText}
    />
  );
}

export function OptionControl(props: ControlProps) {
  if (props.option.name === 'managementclass') return <ClassControl {...props} />;
  switch (props.option.type) {
    case 'flag':
      return <FlagControl {...props} />;
    case 'enum':
      return <ChoiceControl {...props} />;
    case 'size':
      return <SizeControl {...props} />;
    case 'integer':
      return <IntegerControl {...props} />;
    case 'path':
      return <PathControl {...props} />;
    case 'list':
      return <ListControl {...props} />;
    case 'text':
    case 'wait':
    case 'command':
      return <TextControl {...props} />;
  }
}
