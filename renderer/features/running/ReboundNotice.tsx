/** A backup that bound the earlier images of its volume to another class says so. */
import { type BackupResult, messageIdOfWarning } from '#contract';
import { MessageIdButton } from '../../components/MessageIdButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { reboundWords } from './report-text.ts';

export function ReboundNotice({ rebound }: Pick<BackupResult, 'rebound'>) {
  if (!rebound) return null;
  return (
    <Notice tone="warn">
      <p>{reboundWords(rebound)}</p>
      <MessageIdButton id={messageIdOfWarning('rebound')} />
    </Notice>
  );
}
