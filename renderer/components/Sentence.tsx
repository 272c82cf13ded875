/** A sentence of the engine, in the language of the window; commands in it can be copied. */
import { sentenceParts } from '../i18n/commands.ts';
import { sentencePieces } from '../i18n/sentences/sentences.ts';
import { t } from '../i18n/t.ts';
import { CopyButton } from './CopyButton.tsx';

interface SentenceProps {
  text: string;
  /** It is one of the window's own texts. */
  own?: boolean;
}

export function Sentence({ text, own = false }: SentenceProps) {
  const pieces = own ? [{ text, isEnglish: false }] : sentencePieces(text);
  let at = 0;
  return pieces.flatMap((piece) =>
    sentenceParts(piece.text).map((part) => {
      const key = at;
      at += part.text.length;
      if (part.kind === 'text') {
        return (
          <span key={key} lang={piece.isEnglish ? 'en' : undefined}>
            {part.text}
          </span>
        );
      }
      return (
        <span key={key} className="sf-inline-command">
          <code className="sf-mono sf-selectable">{part.text}</code>
          <CopyButton value={part.text} what={t('copy.command', { command: part.text })} />
        </span>
      );
    }),
  );
}
