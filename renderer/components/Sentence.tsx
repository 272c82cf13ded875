/** A sentence of the engine; commands in it can be copied. */
import { sentenceParts } from '../i18n/commands.ts';
import { t } from '../i18n/t.ts';
import { CopyButton } from './CopyButton.tsx';

export function Sentence({ text }: { text: string }) {
  let at = 0;
  return sentenceParts(text).map((part) => {
    const key = at;
    at += part.text.length;
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <span key={key} className="sf-inline-command">
        <code className="sf-mono sf-selectable">{part.text}</code>
        <CopyButton value={part.text} what={t('copy.command', { command: part.text })} />
      </span>
    );
  });
}
