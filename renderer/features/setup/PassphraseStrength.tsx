/** A meter below a new passphrase. */
import { useEffect, useState } from 'react';
import { formatCount } from '../../i18n/counts.ts';
import { t } from '../../i18n/t.ts';
import type { PassphraseScore } from './passphrase-score.ts';

const SEGMENTS = [1, 2, 3, 4] as const;
const TONES = ['bad', 'bad', 'warn', 'ok', 'ok'] as const;

/** The judge and its dictionaries are fetched when the first character is typed. */
function useScore(passphrase: string): PassphraseScore | null {
  const [score, setScore] = useState<PassphraseScore | null>(null);
  useEffect(() => {
    if (passphrase === '') {
      setScore(null);
      return;
    }
    let current = true;
    void import('./passphrase-score.ts').then(({ scoreOf }) => {
      if (current) setScore(scoreOf(passphrase));
    });
    return () => {
      current = false;
    };
  }, [passphrase]);
  return score;
}

export function PassphraseStrength({ passphrase }: { passphrase: string }) {
  const judged = useScore(passphrase);
  const score = judged?.score ?? null;
  const word = score === null ? t('setup:strength.unknown') : t(`setup:strength.score${score}`);
  const guesses = judged ? t('setup:strength.guesses', { guesses: formatCount(judged.guesses) }) : '';
  return (
    <div className="sf-strength" data-tone={score === null ? undefined : TONES[score]}>
      <span className="sf-strength-bar" aria-hidden>
        {SEGMENTS.map((segment) => (
          <span key={segment} data-on={score !== null && Math.max(1, score) >= segment ? true : undefined} />
        ))}
      </span>
      <span className="sf-strength-word" aria-live="polite">
        <span className="sf-unseen">{t('setup:strength.label')}: </span>
        {word}
      </span>
      <span className="sf-dim sf-small sf-strength-hint">
        {score !== null && score < 3 ? t('setup:strength.advice') : guesses}
      </span>
    </div>
  );
}
