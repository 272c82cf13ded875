/** One rule: include or exclude, for which volumes, with what. */
import { Autocomplete, Button, Modal, Radio } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { OptionDescription, PreferenceProblem } from '#contract';
import { Sentence } from '../../../components/Sentence.tsx';
import { translateSentence } from '../../../i18n/sentences/sentences.ts';
import { t } from '../../../i18n/t.ts';
import type { DraftRule } from '../../../stores/preference-draft.ts';
import { ClassChoice } from '../../policy/ClassChoice.tsx';
import { ruleLine } from '../changes.ts';
import { RuleOptions } from './RuleOptions.tsx';
import { useRuleProblems } from './use-rule-problems.ts';
import { useVolumeNames } from './use-volume-names.ts';

interface RuleDialogProps {
  rule: DraftRule;
  rules: readonly DraftRule[];
  options: readonly OptionDescription[];
  onClose(): void;
  onApply(rule: DraftRule): void;
}

function Problems({ problems }: { problems: readonly PreferenceProblem[] }) {
  return (
    <div role="status">
      {problems.map(({ reason, allowed }) => (
        <p key={reason} className="sf-pref-note sf-bad">
          <IconAlertCircle size={14} aria-hidden />
          <span>
            <Sentence text={reason} />{' '}
            {allowed === '' ? null : t('preferences:field.allowed', { allowed: translateSentence(allowed) })}
          </span>
        </p>
      ))}
    </div>
  );
}

export function RuleDialog({ rule, rules, options, onClose, onApply }: RuleDialogProps) {
  const [edited, setEdited] = useState(rule);
  const names = useVolumeNames();
  const problems = useRuleProblems(rules, edited);
  const isNew = !rules.some(({ key }) => key === rule.key);
  const isInclude = edited.kind === 'include.image';
  // What runs a command for some volumes must not come to run it for others from here.
  const fixed = Object.keys(rule.options).some((name) => options.find((each) => each.name === name)?.locked === true);
  const change = (part: Partial<DraftRule>) => setEdited((before) => ({ ...before, ...part }));
  // Excludes carry nothing; it is back when the person changes their mind.
  const result: DraftRule = isInclude ? edited : { ...edited, managementClass: '', options: {} };

  return (
    <Modal
      opened
      onClose={onClose}
      title={isNew ? t('preferences:rule.addTitle') : t('preferences:rule.editTitle')}
      size={640}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        className="sf-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (edited.pattern !== '') onApply(result);
        }}
      >
        <Radio.Group
          label={t('preferences:rule.what')}
          value={edited.kind}
          onChange={(kind) => change({ kind: kind === 'exclude.image' ? 'exclude.image' : 'include.image' })}
        >
          <div className="sf-pref-radios">
            <Radio value="include.image" label={t('preferences:rule.includeLong')} disabled={fixed} />
            <Radio value="exclude.image" label={t('preferences:rule.excludeLong')} disabled={fixed} />
          </div>
        </Radio.Group>
        <Autocomplete
          size="xs"
          label={t('preferences:rule.pattern')}
          description={fixed ? t('preferences:rule.patternFixed') : t('preferences:rule.patternHelp')}
          data={names}
          value={edited.pattern}
          onChange={(pattern) => change({ pattern })}
          disabled={fixed}
          error={problems.some(({ option }) => option === undefined)}
          limit={8}
          spellCheck={false}
          data-autofocus={fixed ? undefined : true}
        />
        {isInclude ? (
          <>
            <ClassChoice
              label={t('preferences:rule.class')}
              description={t('preferences:rule.classHelp')}
              value={edited.managementClass}
              invalid={problems.some(({ option }) => option === 'managementclass')}
              onChange={(managementClass) => change({ managementClass })}
            />
            <RuleOptions
              texts={edited.options}
              options={options}
              problems={problems}
              onTexts={(texts) => change({ options: texts })}
            />
          </>
        ) : null}
        <Problems
          problems={problems.filter(({ option }) => option === undefined || !Object.hasOwn(result.options, option))}
        />
        <code className="sf-command sf-rule-preview" title={t('preferences:rule.preview')}>
          {ruleLine(result)}
        </code>
        <div className="sf-button-row end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={edited.pattern === '' || problems.length > 0}>
            {isNew ? t('preferences:rule.addIt') : t('preferences:rule.changeIt')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
