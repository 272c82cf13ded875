/** An error for people: what happened, what it means for the data, what to do; details fold out, the code is small. */

import type { ReactNode } from 'react';
import { type ErrorDetails, messageIdOfError, type WireError } from '#contract';
import { ERROR_TEXTS } from '../i18n/errors.ts';
import { exactBytes, formatBytes } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';
import { MessageIdButton } from './MessageIdButton.tsx';
import { Notice } from './Notice.tsx';
import { Sentence } from './Sentence.tsx';

interface ErrorCardProps {
  error: WireError;
  /** What it was about, e.g. the volume. */
  subject?: string;
  action?: ReactNode;
}

function text(details: ErrorDetails, key: string): string | undefined {
  const value = details[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A string as it is; holders and the like by their name. */
function lines(details: ErrorDetails, key: string): string[] {
  const value = details[key];
  if (!Array.isArray(value)) return [];
  return value.map((entry) => {
    if (typeof entry === 'string') return entry;
    if (entry !== null && typeof entry === 'object' && !Array.isArray(entry)) {
      const { name, pid, kind } = entry;
      if (typeof name === 'string') {
        const full = typeof kind === 'string' ? `${kind} ${name}` : name;
        return typeof pid === 'number' ? t('error.process', { name: full, pid }) : full;
      }
    }
    return JSON.stringify(entry);
  });
}

interface ListedProps {
  title: string;
  entries: readonly string[];
  /** They are names, not sentences of the engine. */
  own?: boolean;
}

function Listed({ title, entries, own = false }: ListedProps) {
  if (entries.length === 0) return null;
  return (
    <div>
      <span>{title}</span>
      <ul>
        {entries.map((entry) => (
          <li key={entry}>
            <Sentence text={entry} own={own} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How much space there is and how much it takes, where both are known. */
function Shortage({ details }: { details: ErrorDetails }) {
  const { neededBytes, presentBytes } = details;
  if (typeof neededBytes !== 'number' || typeof presentBytes !== 'number') return null;
  return (
    <p title={t('error.shortage', { needed: exactBytes(neededBytes), present: exactBytes(presentBytes) })}>
      {t('error.shortage', { needed: formatBytes(neededBytes), present: formatBytes(presentBytes) })}
    </p>
  );
}

export function ErrorCard({ error, subject, action }: ErrorCardProps) {
  const known = ERROR_TEXTS[error.code];
  const reason = text(error.details, 'reason');
  const remedy = text(error.details, 'remedy');
  return (
    <Notice
      tone="bad"
      title={subject ? t('error.about', { subject, title: known.title }) : known.title}
      action={action}
      urgent
    >
      {reason ? (
        <p>
          <Sentence text={reason} />
        </p>
      ) : null}
      <Shortage details={error.details} />
      <Listed title={t('error.usedBy')} entries={lines(error.details, 'holders')} own />
      <p>{known.meaning}</p>
      <Listed title={t('error.leftBehind')} entries={lines(error.details, 'leftBehind')} />
      <p>
        <strong>{t('error.toDo')} </strong>
        <Sentence text={remedy ?? known.action} own={remedy === undefined} />
      </p>
      <MessageIdButton id={messageIdOfError(error.code)} />
      <details className="sf-details">
        <summary>
          {t('error.details')} <span className="sf-mono">{error.code}</span>
        </summary>
        <pre>{`${error.message}\n${JSON.stringify(error.details, null, 2)}`}</pre>
      </details>
    </Notice>
  );
}
