/** Whatever comes in: the answer is a well-formed document, nothing is run, and it takes next to no time and memory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { expatVerdicts, xmllintComplaints } from './outside-parser.ts';
import { requestOf, SAMPLE_REQUEST, SampleHost } from './sample-host.ts';

/** Random cases. They are kept for the parsers that judge, so there is a limit. */
const RUNS = Math.min(Number(process.env.STILLFRAME_FUZZ_CASES ?? 400), 20_000);

/** A request and what became of it. */
interface Case {
  readonly request: Uint8Array;
  readonly xml: string;
  readonly understood: boolean;
  readonly ran: number;
}

/** All of them so far, for the parsers that judge. */
const cases: Case[] = [];

async function caseOf(request: string | Uint8Array, host = new SampleHost()): Promise<Case> {
  const { xml, understood } = await host.answer(request);
  const one = { request: Buffer.from(request), xml, understood, ran: host.ran.length };
  cases.push(one);
  return one;
}

describe('the attack collection', () => {
  it.each(Object.entries(ATTACKS))('%s', async (_name, attack) => {
    const started = performance.now();
    const { xml, understood, ran } = await caseOf(attack);
    expect({ understood, ran }, xml).toEqual({ understood: false, ran: 0 });
    // Mean enough to see anything quadratic, and lenient with a busy machine.
    expect(performance.now() - started).toBeLessThan(500);
    expect(xml.length).toBeLessThan(4000);
    expect(xml).toMatch(/<code>(REQUEST|OPTION|COMMAND)_INVALID<\/code>/);
    expect(xml).not.toContain('root:');
  });

  it('keeps no memory', async () => {
    const collect = () => globalThis.gc?.();
    const round = async () => {
      for (const attack of Object.values(ATTACKS)) await new SampleHost().answer(Buffer.from(attack));
    };
    await round();
    collect();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 5; i++) await round();
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 ** 2);
  });
});

describe('good requests in other clothes', () => {
  const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  it.each<[string, string | Uint8Array]>([
    ['a mark of UTF-8', `\ufeff${requestOf('check')}`],
    ['UTF-16 from the small end', Buffer.from(`\ufeff${requestOf('check')}`, 'utf16le')],
    ['UTF-16 from the big end', utf16be(`<?xml version="1.0" encoding="utf-16"?>${requestOf('check')}`)],
    ['a declaration', `<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n${requestOf('check')}`],
    ['comments and blanks', `<!-- a -->\n${requestOf('check', ' <!-- <!DOCTYPE x> &no; -->\n')}\n<!-- b -->\n`],
    ['a section', requestOf('check').replace('check<', '<![CDATA[check]]><')],
    ['references', requestOf('check').replace('check<', '&#99;&#x68;eck<')],
  ])('%s', async (_name, request) => {
    const one = await caseOf(request);
    expect(one.understood, one.xml).toBe(true);
  });
});

describe('mutations', () => {
  const sample = Buffer.from(SAMPLE_REQUEST, 'utf8');

  it('the sample cut off at every byte', async () => {
    const whole: number[] = [];
    for (const [length] of sample.entries()) {
      if ((await caseOf(sample.subarray(0, length))).understood) whole.push(length);
    }
    // Only the line end after the last tag can be missed by nobody.
    expect(whole).toEqual([sample.length - 1]);
  });

  it('bytes of the sample changed, left out, put in, repeated', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((some) => Buffer.from(some));
    const text = fc
      .constantFrom(
        ...['<', '>', '&', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '&lt;', '"', '\0'],
        ...[
          '<command-request/>',
          '<timeout-secs>1</timeout-secs>',
          '&#x0;',
          '\u2028',
          '\ufeff',
          '\u00a0',
          'é',
          ' a=""',
        ],
      )
      .map((some) => Buffer.from(some));
    const put = fc.oneof(bytes, text, fc.constant(Buffer.alloc(0)));
    const edit = fc.record({ at: fc.nat(sample.length), drop: fc.nat(12), put });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let request: Buffer = sample;
        for (const { at, drop, put: piece } of edits) {
          request = Buffer.concat([request.subarray(0, at), piece, request.subarray(at + drop)]);
        }
        await caseOf(request);
      }),
      { numRuns: RUNS },
    );
  });

  it('anything at all as a line of an answer', async () => {
    const anyText = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units));
    const line = fc.oneof(anyText, fc.constantFrom(']]>', '<![CDATA[', '\ud800'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const host = new SampleHost();
        host.ends = () => ({ lines, exitCode: 0, milliseconds: 0 });
        await caseOf(requestOf('check'), host);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

describe('other parsers', () => {
  it('read every answer, and every request that was understood', async () => {
    expect(cases.length).toBeGreaterThan(RUNS);
    const understood = cases.filter((one) => one.understood);
    expect(cases.filter(({ ran }) => ran > 0)).toEqual(understood);
    const documents = [...cases.map(({ xml }) => xml), ...understood.map(({ request }) => request)];
    const verdicts = await expatVerdicts(documents);
    expect(verdicts).toHaveLength(documents.length);
    const wrong = documents.filter((_, at) => verdicts[at] !== 'ok').map((one) => Buffer.from(one).toString('utf8'));
    expect(wrong).toEqual([]);
    const answers = new Set(cases.slice(0, Object.keys(ATTACKS).length).map(({ xml }) => xml));
    expect(await xmllintComplaints([...answers])).toBe('');
  });
});
