/** A bar, said as a whole per cent. */

interface ProgressBarProps {
  /** 0 to 1. */
  part: number;
  name: string;
  /** In words. */
  value: string;
}

export function ProgressBar({ part, name, value }: ProgressBarProps) {
  const percent = Math.min(100, Math.max(0, part * 100));
  return (
    <div
      className="sf-progress"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={value}
    >
      <div className="sf-progress-fill" style={{ width: `${percent}%` }} />
    </div>
  );
}
