/** One class, in place of the table: typed, checked while typing, and taken over into the changes. */
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PolicySet } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { meaningOf } from '../../i18n/policy.ts';
import { t } from '../../i18n/t.ts';
import { type ClassForm, classOfForm, formOf, formProblems } from '../../stores/class-form.ts';
import { isSameName, withClass } from '../../stores/policy-draft.ts';
import type { EditedClass } from './ClassTable.tsx';
import { GroupFields } from './GroupFields.tsx';

interface ClassEditorProps {
  edited: EditedClass;
  set: PolicySet;
  /** The class is in a saved policy: images may know it by its name. */
  isSaved: boolean;
  onApply(set: PolicySet): void;
  onClose(): void;
}

export function ClassEditor({ edited, set, isSaved, onApply, onClose }: ClassEditorProps) {
  const { start, original } = edited;
  const [form, setForm] = useState<ClassForm>(() => formOf(start));
  const [tried, setTried] = useState(original !== null);
  const problems = formProblems(form, set, original);
  const isDefault = original !== null && isSameName(set.defaultClass, original);
  const result = classOfForm(form);
  const isFine = result !== undefined && Object.keys(problems).length === 0;
  const change = (part: Partial<ClassForm>) => setForm((before) => ({ ...before, ...part }));
  // An empty name is no mistake before anything was typed.
  const nameProblem = tried || form.name !== start.name ? problems.name : undefined;

  function apply(): void {
    setTried(true);
    if (!isFine || !result) return;
    onApply(withClass(set, result, original ?? result.name));
  }

  return (
    <form
      className="sf-class-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <h3>{original === null ? t('policy:editor.add') : t('policy:editor.edit', { name: original })}</h3>
      <div className="sf-class-editor-body">
        <div className="sf-group-fields">
          <TextInput
            label={t('policy:editor.name')}
            description={isSaved ? t('policy:editor.nameFixed') : t('policy:editor.nameHelp')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={form.name}
            readOnly={isSaved}
            error={nameProblem ? t(`policy:editor.problem.${nameProblem}`) : undefined}
            spellCheck={false}
            data-autofocus={isSaved ? undefined : true}
            autoFocus={!isSaved}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('policy:editor.description')}
            value={form.description}
            error={problems.description ? t(`policy:editor.problem.${problems.description}`) : undefined}
            autoFocus={isSaved}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
        </div>
        <fieldset>
          <legend>{t('policy:editor.group')}</legend>
          <Checkbox
            label={t('policy:editor.groupOn')}
            description={isDefault ? t('policy:editor.groupDefault') : undefined}
            checked={form.hasGroup}
            disabled={isDefault}
            onChange={(event) => change({ hasGroup: event.currentTarget.checked })}
          />
          {form.hasGroup ? <GroupFields form={form} problems={problems} onChange={change} /> : null}
        </fieldset>
        <Notice tone="info" title={t('policy:editor.meaning')}>
          <p aria-live="polite">{result ? meaningOf(result.backup) : '…'}</p>
        </Notice>
      </div>
      <div className="sf-button-row end sf-policy-bar">
        <Button variant="default" onClick={onClose}>
          {t('policy:editor.back')}
        </Button>
        <Button type="submit" disabled={!isFine}>
          {t(original === null ? 'policy:editor.create' : 'policy:editor.apply')}
        </Button>
      </div>
    </form>
  );
}
