/** The id of a message as a small button that opens what it means and what to do. */
import { useId, useState } from 'react';
import type { MessageId } from '#contract';
import { loadMessage } from '../i18n/messages/load-message.ts';
import type { MessageWords } from '../i18n/messages/message-words.ts';
import { t } from '../i18n/t.ts';
import { Sentence } from './Sentence.tsx';

/** What is known of it: null while it is fetched, undefined where nothing is. */
type Known = MessageWords | null | undefined;

function Texts({ message }: { message: MessageWords }) {
  const rows = [
    [t('message.explanation'), message.explanation],
    [t('message.userAction'), message.userAction],
  ] as const;
  return (
    <dl className="sf-message">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Sentence text={text} own />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function MessageIdButton({ id }: { id: MessageId }) {
  const [open, setOpen] = useState(false);
  const [known, setKnown] = useState<Known>(null);
  const region = useId();

  function toggle(): void {
    setOpen((before) => !before);
    if (known) return;
    loadMessage(id).then(setKnown, () => setKnown(undefined));
  }

  return (
    <>
      <button
        type="button"
        className="sf-message-id"
        aria-expanded={open}
        aria-controls={open ? region : undefined}
        title={t('message.open', { id })}
        onClick={toggle}
      >
        {id}
      </button>
      {open ? (
        <div id={region} className="sf-message-about" aria-live="polite">
          {known === null ? <p>{t('loading')}</p> : null}
          {known === undefined ? <p>{t('message.unknown')}</p> : null}
          {known ? <Texts message={known} /> : null}
        </div>
      ) : null}
    </>
  );
}
