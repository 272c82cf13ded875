/** Lines of a log, each with its time and level. */
import type { LogLine } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { sentencePieces } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';

/** The line as text, for the clipboard. */
export function lineAsText({ time, level, messageId, text }: LogLine): string {
  return `${time} ${messageId ?? level.toUpperCase()} ${text}`;
}

/** Without buttons for commands: a log is read, and copied as a whole. */
function Pieces({ text }: { text: string }) {
  let at = 0;
  return sentencePieces(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    return (
      <span key={key} lang={piece.isEnglish ? 'en' : undefined}>
        {piece.text}
      </span>
    );
  });
}

interface RunLogLinesProps {
  lines: readonly LogLine[];
  label: string;
  /** The clock alone suffices where all lines are of one run. */
  short?: boolean;
}

function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString(undefined, { hour12: false });
}

/** What scrolls must be reachable by keyboard. */
const scrolls = (label: string) => ({ role: 'region', tabIndex: 0, 'aria-label': label });

export function RunLogLines({ lines, label, short = false }: RunLogLinesProps) {
  // Lines may be equal; they are only ever added at the end, or all replaced.
  const keyed = lines.map((line, place) => ({ line, key: String(place) }));
  return (
    <div {...scrolls(label)} className="sf-log">
      <ol data-short={short || undefined}>
        {keyed.map(({ line, key }) => (
          <li key={key} data-level={line.level}>
            <time dateTime={line.time} title={exactTime(line.time)}>
              {short ? clock(line.time) : exactTime(line.time)}
            </time>
            <span className="sf-log-level">{t(`activity:log.levels.${line.level}`)}</span>
            <span className="sf-log-text">
              {line.messageId ? <span className="sf-mono">{line.messageId} </span> : null}
              <Pieces text={line.text} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
