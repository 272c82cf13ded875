/** Lines of a log, each with its time and level. */
import type { LogLine } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';

/** The line as text, for the clipboard. */
export function lineAsText({ time, level, text }: LogLine): string {
  return `${time} ${level.toUpperCase()} ${text}`;
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
            {/* The log stays as it was written. */}
            <span className="sf-log-text" lang="en">
              {line.text}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
