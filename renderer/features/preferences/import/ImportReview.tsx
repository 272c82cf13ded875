/** What another client's file would change here, and what of it means nothing here. */
import { Button, Radio } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { PreferenceImport, Preferences } from '#contract';
import { Sentence } from '../../../components/Sentence.tsx';
import { optionLabel } from '../../../i18n/option-texts.ts';
import { t } from '../../../i18n/t.ts';
import { type PreferenceDraft, rulesOf, shownText } from '../../../stores/preference-draft.ts';
import { useValue } from '../../../stores/use-stores.ts';
import { ruleLine } from '../changes.ts';
import { meansSame, valueWords } from '../fields/option-values.ts';

interface ImportReviewProps {
  read: PreferenceImport;
  back: ReactNode;
  /** `replace`: its rules and volumes take the place of ours. */
  onTake(replace: boolean): void;
}

interface Row {
  name: string;
  before: string;
  after: string;
}

/** Options that would be another than they are. */
function optionRows({ changes }: PreferenceImport, file: Preferences, draft: PreferenceDraft): Row[] {
  return Object.entries(changes.set).flatMap(([name, text]): Row[] => {
    const option = file.options.find((each) => each.name === name);
    if (!option || meansSame(option, shownText(option, draft), text)) return [];
    return [{ name, before: valueWords(option, shownText(option, draft)), after: valueWords(option, text) }];
  });
}

function Changes({ rows, read }: { rows: readonly Row[]; read: PreferenceImport }) {
  const { rules, domain } = read.changes;
  return (
    <ul className="sf-lines sf-pref-changes" aria-label={t('preferences:import.changes')}>
      {rows.map(({ name, before, after }) => (
        <li key={name}>
          <span className="sf-clip" title={name}>
            {optionLabel(name)}
          </span>
          <span>
            <del>{before}</del>
            <IconArrowRight size={13} aria-label={t('preferences:change.to')} />
            <ins>{after}</ins>
          </span>
        </li>
      ))}
      {rules.map((rule) => (
        <li key={ruleLine(rule)}>
          <span>{t('preferences:change.ruleAdded')}</span>
          <ins className="sf-mono">{ruleLine(rule)}</ins>
        </li>
      ))}
      {domain.length > 0 ? (
        <li>
          <span className="sf-clip">{optionLabel('domain.image')}</span>
          <ins className="sf-mono">{domain.join(' ')}</ins>
        </li>
      ) : null}
    </ul>
  );
}

function NotUnderstood({ read }: { read: PreferenceImport }) {
  if (read.notUnderstood.length === 0) return null;
  return (
    <section className="sf-import-part">
      <h3>
        <IconAlertTriangle size={15} className="sf-warn" aria-hidden />
        {t('preferences:import.notUnderstood', { count: read.notUnderstood.length })}
      </h3>
      <ul className="sf-lines sf-import-lines">
        {read.notUnderstood.map(({ line, text, reason }) => (
          <li key={line}>
            <span className="sf-dim sf-small">{t('preferences:import.line', { line })}</span>
            <span>
              <code className="sf-mono sf-selectable">{text}</code>
              <span className="sf-small sf-dim">
                <Sentence text={reason} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ImportReview({ read, back, onTake }: ImportReviewProps) {
  const { file, draft } = useValue('preferences', (state) => state);
  const [replace, setReplace] = useState(false);
  if (!file.value) return null;
  const rows = optionRows(read, file.value, draft);
  const { rules, domain } = read.changes;
  const own = (draft.rules ?? rulesOf(file.value)).length + (draft.domain ?? file.value.domain).length;
  const count = rows.length + rules.length + (domain.length > 0 ? 1 : 0);
  const asks = own > 0 && rules.length + domain.length > 0;
  return (
    <div className="sf-stack">
      <p className="sf-mono sf-clip" title={read.path}>
        {read.path}
      </p>
      <section className="sf-import-part">
        <h3>{t('preferences:import.understood', { count: read.understood.length })}</h3>
        {count === 0 ? (
          <p className="sf-dim">{t('preferences:import.nothing')}</p>
        ) : (
          <Changes rows={rows} read={read} />
        )}
      </section>
      {asks ? (
        <Radio.Group
          label={t('preferences:import.where')}
          value={replace ? 'replace' : 'add'}
          onChange={(choice) => setReplace(choice === 'replace')}
        >
          <div className="sf-pref-radios">
            <Radio value="add" label={t('preferences:import.add')} description={t('preferences:import.addHelp')} />
            <Radio value="replace" label={t('preferences:import.replace')} />
          </div>
        </Radio.Group>
      ) : null}
      <NotUnderstood read={read} />
      <div className="sf-button-row end">
        <span className="sf-dim sf-small sf-grow">{t('preferences:import.unsaved')}</span>
        {back}
        <Button disabled={count === 0} onClick={() => onTake(replace)} data-autofocus>
          {t('preferences:import.take', { count })}
        </Button>
      </div>
    </div>
  );
}
