/** Lines of a macro, of standard input or of a terminal, put together to commands. */
import { splitWords } from '#engine/policy/words.ts';

/** What a line completes. */
export type Reading =
  /** A whole command: its words, and its text on one line. */
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly text: string }
  /** The command or the comment goes on in the next line. */
  | { readonly kind: 'more' }
  /** Blank, or a comment. */
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly text: string; readonly reason: string };

/** Longest command, in characters, with all its lines. */
export const LONGEST_COMMAND = 65_536;

const NAMES = new Set(['stillframe', 'dsmc']);

/**
 * Quotes are those of the options file. `\` at the end of a line, or a lone `-`, continues it. `*` at the start of a
 * line makes it a comment, and what starts with `/*` ends with the line that ends with the reverse of it.
 */
export class CommandLines {
  #begun = '';
  #inComment = false;

  /** A command or a comment waits for its next line. */
  get unfinished(): boolean {
    return this.#inComment || this.#begun !== '';
  }

  /** `line` without its line break. */
  read(line: string): Reading {
    const content = line.trim();
    if (this.#inComment) return this.#comment(content);
    if (this.#begun === '') {
      if (/^\/\*(\s|$)/.test(content)) return this.#comment(content);
      if (content === '' || content.startsWith('*')) return { kind: 'none' };
    }
    const joined = `${this.#begun}${content}`;
    if (joined.length > LONGEST_COMMAND) {
      this.#begun = '';
      const reason = `The command is longer than ${LONGEST_COMMAND} characters.`;
      return { kind: 'wrong', text: `${joined.slice(0, 60)}…`, reason };
    }
    const [, continued] = /^(.*?)(?:\\|(?:^|\s)-)$/s.exec(joined) ?? [];
    if (continued !== undefined) {
      this.#begun = `${continued.trimEnd()} `;
      return { kind: 'more' };
    }
    return this.#finish(joined);
  }

  /** What stands there at the end of the input. */
  end(): Reading {
    const [begun, inComment] = [this.#begun.trim(), this.#inComment];
    this.#begun = '';
    this.#inComment = false;
    if (inComment) return { kind: 'wrong', text: '/*', reason: 'A comment is not closed.' };
    return begun === '' ? { kind: 'none' } : this.#finish(begun);
  }

  #comment(content: string): Reading {
    this.#inComment = !content.endsWith('*/');
    return { kind: this.#inComment ? 'more' : 'none' };
  }

  #finish(text: string): Reading {
    this.#begun = '';
    const words = splitWords(text);
    if (words === undefined) return { kind: 'wrong', text, reason: 'A quote is not closed.' };
    // Commands are copied from where the program's name stands before them.
    const own = NAMES.has(words[0] ?? '') && words.length > 1 ? words.slice(1) : words;
    return own.length === 0 ? { kind: 'none' } : { kind: 'command', words: own, text };
  }
}
