/** Options of the next run only: each over what the preferences say, checked while it is typed. */
import './options.css';
import { Button, Modal, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Mode } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { optionLabel } from '../../i18n/option-texts.ts';
import { t } from '../../i18n/t.ts';
import { MODE_HELP, MODE_NAMES } from '../../i18n/words.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { type Overrides, RUN_COMMANDS, RUN_OPTION_GROUPS, type RunOption } from '../../stores/run-options.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { InForce } from './InForce.tsx';
import { OptionField } from './OptionField.tsx';
import { useOptionCheck } from './use-option-check.ts';

interface ModeFieldProps {
  value: Mode;
  onChange(mode: Mode): void;
}

function ModeField({ value, onChange }: ModeFieldProps) {
  const modes = Object.keys(MODE_NAMES) as Mode[];
  return (
    <div className="sf-option-field" data-set={value !== 'selective' || undefined}>
      <Select
        label={t('backup:toolbar.mode')}
        description={MODE_HELP[value]}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={value}
        data={modes.map((mode) => ({ value: mode, label: MODE_NAMES[mode] }))}
        onChange={(next) => {
          const mode = modes.find((each) => each === next);
          if (mode) onChange(mode);
        }}
      />
    </div>
  );
}

/** Shown, so that nobody wonders what else runs. */
function Commands() {
  const options = useValue('backup', (state) => state.preferences.value?.options);
  if (!options) return null;
  return (
    <fieldset className="sf-option-group">
      <legend>{t('backup:options.group.commands')}</legend>
      <p className="sf-dim sf-small">{t('backup:options.commandsAbout')}</p>
      <dl className="sf-option-commands">
        {RUN_COMMANDS.map((name) => {
          const option = options.find((each) => each.name === name);
          return (
            <div key={name}>
              <dt>{optionLabel(name)}</dt>
              <dd className="sf-mono">{option?.value || <span className="sf-dim">{t('backup:options.none')}</span>}</dd>
              {option?.value ? (
                <dd>
                  <InForce option={option} sourceOnly />
                </dd>
              ) : null}
            </div>
          );
        })}
      </dl>
    </fieldset>
  );
}

/** Made anew each time the dialog opens: it starts with what is set. */
function Form({ onClose }: { onClose(): void }) {
  const { backup } = useStores();
  const { type, overrides, mode: modeNow } = useValue('backup', (state) => state);
  const preferences = useValue('backup', (state) => state.preferences);
  const [draft, setDraft] = useState<Overrides>(overrides);
  const [mode, setMode] = useState<Mode>(modeNow);
  const options = preferences.value?.options ?? [];
  const { problems, check } = useOptionCheck(draft, options);
  const groups = type === 'dynamic' ? (['image'] as const) : (['image', 'snapshot', 'tracking'] as const);
  const changed = Object.keys(draft).length > 0 || mode !== 'selective';

  function put(name: RunOption, text: string): void {
    const { [name]: _before, ...others } = draft;
    setDraft(text === '' ? others : { ...others, [name]: text });
  }

  async function apply(): Promise<void> {
    if (!(await check())) return;
    backup.getState().setOverrides(draft);
    if (mode !== modeNow) backup.getState().setMode(mode);
    onClose();
  }

  if (isFirstLoad(preferences, preferences.value === null)) return <SkeletonRows label={t('common:loading')} />;
  return (
    <form
      className="sf-options"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <div className="sf-options-body">
        <p className="sf-dim">{t('backup:options.about')}</p>
        {preferences.error ? (
          <Notice tone="warn">
            <p>{t('backup:options.unknown')}</p>
          </Notice>
        ) : null}
        {groups.map((group) => (
          <fieldset key={group} className="sf-option-group">
            <legend>{t(`backup:options.group.${group}`)}</legend>
            <div className="sf-option-grid">
              {group === 'tracking' ? <ModeField value={mode} onChange={setMode} /> : null}
              {RUN_OPTION_GROUPS[group].map((name) => (
                <OptionField
                  key={name}
                  name={name}
                  option={options.find((each) => each.name === name)}
                  text={draft[name] ?? ''}
                  problem={problems[name]}
                  onChange={(text) => put(name, text)}
                />
              ))}
            </div>
          </fieldset>
        ))}
        {type === 'dynamic' ? null : <Commands />}
      </div>
      <div className="sf-button-row end">
        <Button
          variant="subtle"
          color="gray"
          disabled={!changed}
          onClick={() => {
            setDraft({});
            setMode('selective');
          }}
        >
          {t('backup:options.reset')}
        </Button>
        <span className="sf-grow" />
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={Object.keys(problems).length > 0}>
          {t('backup:options.apply')}
        </Button>
      </div>
    </form>
  );
}

export function OptionsDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { backup } = useStores();
  useEffect(() => {
    if (opened) void backup.getState().loadPreferences();
  }, [opened, backup]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('backup:options.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={760}
    >
      <Form onClose={onClose} />
    </Modal>
  );
}
