/** What people read when something fails: what happened, what it means for their data, what to do. */
import { ERROR_DISPOSITIONS, type ErrorCode } from '#contract';
import { i18next } from './instance.ts';

export interface ErrorText {
  /** What happened. */
  readonly title: string;
  /** What it means for the person's data. */
  readonly meaning: string;
  /** What to do now. */
  readonly action: string;
}

const PARTS = ['title', 'meaning', 'action'] as const;

/** The texts of one code, looked up when they are read. */
function textsOf(code: string): ErrorText {
  const texts = {};
  for (const part of PARTS) {
    Object.defineProperty(texts, part, {
      enumerable: true,
      get: () => i18next.t(`errors:${code}.${part}` as never),
    });
  }
  return texts as ErrorText;
}

/** By code, in the language of the window. */
export const ERROR_TEXTS = Object.fromEntries(
  Object.keys(ERROR_DISPOSITIONS).map((code) => [code, textsOf(code)]),
) as Readonly<Record<ErrorCode, ErrorText>>;
