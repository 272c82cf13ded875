/** The id of a message as a small button that opens what it means and what to do. */
import { useId, useState } from 'react';
import type { Message, MessageId } from '#contract';
import { messageNamed } from '../i18n/messages.ts';
import { t } from '../i18n/t.ts';
import { Sentence } from './Sentence.tsx';

/** What is known of it: null while it is fetched, undefined where nothing is. */
type Known = Message | null | undefined;

function Texts({ message }: { message: Message }) {
  const rows = [
    [t('message.explanation'), message.explanation],
    [t('message.systemAction'), message.systemAction],
    [t('message.userAction'), message.userAction],
  ] as const;
  return (
    <dl className="sf-message">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Sentence text={text} />
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
    messageNamed(id).then(setKnown, () => setKnown(undefined));
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
