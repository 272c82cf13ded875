/** How strong a passphrase is, judged on this computer: it is sent nowhere. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export interface PassphraseScore {
  /** 0 (very weak) to 4 (very strong). */
  score: 0 | 1 | 2 | 3 | 4;
  /** Guesses that an attacker needs. */
  guesses: number;
}

/** Longer ones are strong anyway and would take long to judge. */
const MOST_CHARACTERS = 100;

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** The longer part of what is typed decides: patterns are looked for in its first 100 characters. */
export function scoreOf(passphrase: string): PassphraseScore {
  const { score, guesses } = judge.check(passphrase.slice(0, MOST_CHARACTERS));
  return { score, guesses };
}
