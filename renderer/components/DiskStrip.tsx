/** A disk drawn to scale: what lies on it side by side, volumes with their used part; a click chooses one. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { translateSentence } from '../i18n/sentences/sentences.ts';
import { t } from '../i18n/t.ts';

export interface StripPart {
  key: string;
  /** `frame`: an extended partition around `parts`. `unknown`: a partition without a device. `free`: not partitioned. */
  kind: 'volume' | 'unknown' | 'frame' | 'free';
  /** Short text inside. */
  label: string;
  /** All of it in words, for the tooltip and for screen readers. */
  description: string;
  /** Width relative to the other parts. */
  share: number;
  /** 0 to 1. */
  usedShare?: number | undefined;
  /** Volume that a click chooses; absent where there is none or it cannot be chosen. */
  name?: string | undefined;
  selected: boolean;
  parts: readonly StripPart[];
}

interface DiskStripProps {
  /** What the strip is of: “Partitions of Samsung 980, GPT”. */
  label: string;
  parts: readonly StripPart[];
  /** What is wrong with the partition table; sentences. */
  problems: readonly string[];
  onPick(name: string): void;
}

/** More parts than this lie closer together, so that the gaps do not take all the room. */
const DENSE = 24;

function Part({ part, onPick }: { part: StripPart; onPick(name: string): void }) {
  const { kind, name, description, label } = part;
  const style = { flexGrow: part.share };
  if (kind === 'frame') {
    return (
      <li className="sf-strip-item" style={style} title={description}>
        <ul className="sf-strip-frame" aria-label={description}>
          {part.parts.map((inner) => (
            <Part key={inner.key} part={inner} onPick={onPick} />
          ))}
        </ul>
      </li>
    );
  }
  if (kind !== 'volume') {
    return (
      <li className="sf-strip-item" style={style}>
        <span className="sf-strip-part" data-kind={kind} role="img" aria-label={description} title={description}>
          <span className="sf-strip-label">{label}</span>
        </span>
      </li>
    );
  }
  return (
    <li className="sf-strip-item" style={style}>
      <button
        type="button"
        // Reached with the mouse; the keyboard chooses the same volume in its row.
        tabIndex={-1}
        className="sf-strip-part"
        aria-label={description}
        aria-pressed={part.selected}
        disabled={name === undefined}
        title={description}
        onClick={() => name !== undefined && onPick(name)}
      >
        <span className="sf-strip-label">{label}</span>
        {part.usedShare === undefined ? null : (
          <span className="sf-strip-fill" style={{ width: `${part.usedShare * 100}%` }} />
        )}
      </button>
    </li>
  );
}

export function DiskStrip({ label, parts, problems, onPick }: DiskStripProps) {
  return (
    <div className="sf-strip-block">
      <ul className="sf-strip" aria-label={label} data-dense={parts.length > DENSE || undefined}>
        {parts.map((part) => (
          <Part key={part.key} part={part} onPick={onPick} />
        ))}
      </ul>
      {problems.length > 0 ? (
        <p className="sf-strip-problem" title={problems.map(translateSentence).join('\n')}>
          <IconAlertTriangle size={13} aria-label={t('notice.warn')} />
          <span>{problems.map(translateSentence).join(' ')}</span>
        </p>
      ) : null}
    </div>
  );
}
