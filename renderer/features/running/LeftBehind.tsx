/** What a run could not undo: nothing, as a rule. */
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';

export function LeftBehind({ left }: { left: readonly string[] }) {
  if (left.length === 0) {
    return (
      <p className="sf-small sf-left-behind">
        <IconCircleCheck size={14} className="sf-ok" aria-hidden />
        <span>
          {t('running:report.leftBehind')} <strong>{t('running:report.nothing')}</strong>
        </span>
      </p>
    );
  }
  return (
    <div className="sf-small sf-left-behind">
      <IconAlertTriangle size={14} className="sf-warn" aria-hidden />
      <div>
        {t('running:report.leftBehind')}
        <ul>
          {left.map((entry) => (
            <li key={entry}>
              <Sentence text={entry} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
