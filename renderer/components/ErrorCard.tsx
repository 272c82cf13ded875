/** An error for people: what happened, what it means for the data, what to do; details fold out, the code is small. */

import type { ReactNode } from 'react';
import type { ErrorDetails, WireError } from '#contract';
import { ERROR_TEXTS } from '../i18n/errors.ts';
import { Bytes } from './Bytes.tsx';
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
      const process = typeof pid === 'number' ? ` (process ${pid})` : '';
      if (typeof name === 'string') return `${typeof kind === 'string' ? `${kind} ` : ''}${name}${process}`;
    }
    return JSON.stringify(entry);
  });
}

function Listed({ title, entries }: { title: string; entries: readonly string[] }) {
  if (entries.length === 0) return null;
  return (
    <div>
      <span>{title}</span>
      <ul>
        {entries.map((entry) => (
          <li key={entry}>{entry}</li>
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
    <p>
      Needed: <Bytes value={neededBytes} />. Present: <Bytes value={presentBytes} />.
    </p>
  );
}

export function ErrorCard({ error, subject, action }: ErrorCardProps) {
  const known = ERROR_TEXTS[error.code];
  const reason = text(error.details, 'reason');
  return (
    <Notice tone="bad" title={subject ? `${subject}: ${known.title}` : known.title} action={action} urgent>
      {reason ? (
        <p>
          <Sentence text={reason} />
        </p>
      ) : null}
      <Shortage details={error.details} />
      <Listed title="Used by:" entries={lines(error.details, 'holders')} />
      <p>{known.meaning}</p>
      <Listed title="Left behind:" entries={lines(error.details, 'leftBehind')} />
      <p>
        <strong>What to do: </strong>
        <Sentence text={text(error.details, 'remedy') ?? known.action} />
      </p>
      <details className="sf-details">
        <summary>
          Details <span className="sf-mono">{error.code}</span>
        </summary>
        <pre>{`${error.message}\n${JSON.stringify(error.details, null, 2)}`}</pre>
      </details>
    </Notice>
  );
}
