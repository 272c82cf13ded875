/** A disk drawn to scale: its volumes side by side, with their used part; a click chooses one. */
import { formatBytes } from '../i18n/quantities.ts';

export interface StripPart {
  name: string;
  label: string;
  sizeBytes: number;
  usedBytes: number | undefined;
  selected: boolean;
  selectable: boolean;
}

interface DiskStripProps {
  label: string;
  sizeBytes: number;
  parts: readonly StripPart[];
  onPick(name: string): void;
}

export function DiskStrip({ label, sizeBytes, parts, onPick }: DiskStripProps) {
  const covered = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const rest = sizeBytes - covered;
  return (
    // The tree below says the same with words; the strip is for the eye and the mouse only.
    <span className="sf-strip" title={label} aria-hidden>
      {parts.map((part) => (
        <button
          key={part.name}
          type="button"
          tabIndex={-1}
          className="sf-strip-part"
          data-selected={part.selected || undefined}
          disabled={!part.selectable}
          title={`${part.label} · ${formatBytes(part.sizeBytes)}`}
          style={{ flexGrow: part.sizeBytes, flexBasis: 0 }}
          onClick={() => onPick(part.name)}
        >
          <span className="sf-strip-label">{part.label}</span>
          {part.usedBytes === undefined ? null : (
            <span className="sf-strip-fill" style={{ width: `${(part.usedBytes / part.sizeBytes) * 100}%` }} />
          )}
        </button>
      ))}
      {rest > sizeBytes * 0.01 ? (
        <span
          className="sf-strip-part"
          data-free
          title={`Not partitioned · ${formatBytes(rest)}`}
          style={{ flexGrow: rest, flexBasis: 0 }}
        />
      ) : null}
    </span>
  );
}
