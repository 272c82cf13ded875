import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteWord } from '#engine/policy/words.ts';
import { CommandLines, LONGEST_COMMAND } from './command-lines.ts';

/** Words of the commands in a text, and reasons for what is none. */
function commands(text: string): (readonly string[] | string)[] {
  const reader = new CommandLines();
  return [...text.split('\n').map((line) => reader.read(line)), reader.end()].flatMap(
    (reading): (readonly string[] | string)[] => {
      if (reading.kind === 'command') return [reading.words];
      return reading.kind === 'wrong' ? [reading.reason] : [];
    },
  );
}

describe('lines become commands', () => {
  test.each([
    ['q im', [['q', 'im']]],
    ['  q   im\t-det  ', [['q', 'im', '-det']]],
    [
      'q im\n\nq vol',
      [
        ['q', 'im'],
        ['q', 'vol'],
      ],
    ],
    ['* q im\n  * q im\nq vol', [['q', 'vol']]],
    ['dsmc backup image h:', [['backup', 'image', 'h:']]],
    ['stillframe q im\nstillframe', [['q', 'im'], ['stillframe']]],
    ['b im "/my disk" \'/it"s\'', [['b', 'im', '/my disk', '/it"s']]],
    ['b im -presn="run it" x', [['b', 'im', '-presn=run it', 'x']]],
    ['b im \\\n  -mode=incr \\\n  /home', [['b', 'im', '-mode=incr', '/home']]],
    ['b im -\n/home', [['b', 'im', '/home']]],
    ['b im\\\n/home', [['b', 'im', '/home']]],
    // A hyphen that belongs to a word continues nothing.
    [
      'b im /home-\nq im',
      [
        ['b', 'im', '/home-'],
        ['q', 'im'],
      ],
    ],
    ['/* all\n of this\n*/\nq im', [['q', 'im']]],
    ['/* one line */\nq im', [['q', 'im']]],
    ['/*\n*/', []],
    // Paths may look like comments.
    ['b im /*', [['b', 'im', '/*']]],
    ['b im "open', ['A quote is not closed.']],
    ['q im \\', [['q', 'im']]],
    ['/* open\nq im', ['A comment is not closed.']],
    ['-\n-', []],
  ])('%j', (text, expected) => {
    expect(commands(text)).toEqual(expected);
  });

  test('a command that never ends is refused, and the next is read', () => {
    const long = 'x'.repeat(LONGEST_COMMAND);
    expect(commands(`a ${long}\nq im`)).toEqual([expect.stringContaining('longer than'), ['q', 'im']]);
    expect(commands(`${'a \\\n'.repeat(3)}${long}\nq im`)).toHaveLength(2);
  });

  test('the same words, however the line is broken', () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !/[\p{Cc}\u2028\u2029\\]|^-$|^\*|^\/\*$/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom(' ', '  \\\n  ', ' -\n')), { minLength: 1 }), (pairs) => {
        const words = ['q', ...pairs.map(([one]) => one)];
        const text = `q ${pairs.map(([one, gap], i) => quoteWord(one) + (i < pairs.length - 1 ? gap : '')).join('')}`;
        expect(commands(text)).toEqual([words]);
      }),
    );
  });

  test('never throws, whatever the lines', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => void commands(lines.join('\n'))));
  });
});
