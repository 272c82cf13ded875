/**
 * Patterns of include-exclude rules, matched against volume names and mount points, as in file names: `?` and `[…]`
 * are one character, `*` any number of them, none of which is a slash; `**` crosses slashes, and `/**\/` (or `/.../`, as
 * the field writes it) is any number of directories. A lone `*` is everything. Case counts.
 */

/** True for the characters of `[…]`. */
type CharacterSet = (character: string) => boolean;

type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one'; readonly of: CharacterSet }
  /** Any number of characters but slashes. */
  | { readonly kind: 'some' }
  /** Any number of characters. */
  | { readonly kind: 'all' }
  /** Nothing, or directories with the slash after them. */
  | { readonly kind: 'directories' };

/** A pattern that was understood; matching takes time in proportion to its length times the name's, whatever they are. */
export interface Pattern {
  matches(name: string): boolean;
}

/** Whether a pattern stands for one name only. */
export function isLiteral(pattern: string): boolean {
  return !/[*?[]|\/\.\.\.\//.test(pattern);
}

/** Never throws: a `[` that nothing closes is itself. */
export function compilePattern(pattern: string): Pattern {
  if (pattern === '*') return { matches: () => true };
  const text = withoutEndingSlashes(pattern);
  if (isLiteral(text)) return { matches: (name) => name === text };
  const tokens = tokenize([...text]);
  return { matches: (name) => run(tokens, [...name]) };
}

/** `/` alone stays. A regular expression would try every slash anew. */
function withoutEndingSlashes(pattern: string): string {
  let end = pattern.length;
  while (end > 1 && pattern[end - 1] === '/') end--;
  return pattern.slice(0, end);
}

function tokenize(characters: readonly string[]): Token[] {
  const tokens: Token[] = [];
  const lastClose = characters.lastIndexOf(']');
  let at = 0;
  const follows = (text: string): boolean => characters.slice(at, at + text.length).join('') === text;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    const afterSlash = at > 0 && characters[at - 1] === '/';
    if (afterSlash && (follows('**/') || follows('.../'))) {
      at += follows('**/') ? 3 : 4;
      tokens.push({ kind: 'directories' });
      // The next token comes after a slash, too.
      continue;
    }
    if (character === '*') {
      const start = at;
      while (characters[at] === '*') at++;
      tokens.push({ kind: at - start > 1 ? 'all' : 'some' });
      continue;
    }
    const set = character === '[' && at < lastClose ? characterSet(characters, at) : undefined;
    if (set) tokens.push({ kind: 'one', of: set.of });
    else if (character === '?') tokens.push({ kind: 'one', of: () => true });
    else tokens.push({ kind: 'literal', character });
    at = set?.end ?? at + 1;
  }
  return tokens;
}

/** The set that begins at `start`, and where the pattern goes on; undefined where nothing closes it. */
function characterSet(characters: readonly string[], start: number): { of: CharacterSet; end: number } | undefined {
  let at = start + 1;
  const negated = characters[at] === '!' || characters[at] === '^';
  if (negated) at++;
  // A bracket that comes first is one of the characters.
  const close = characters.indexOf(']', at + 1);
  if (close < 0) return undefined;
  const single = new Set<string>();
  const ranges: [low: string, high: string][] = [];
  while (at < close) {
    const low = characters[at] ?? '';
    const high = characters[at + 2] ?? '';
    if (characters[at + 1] === '-' && at + 2 < close) {
      ranges.push([low, high]);
      at += 3;
    } else {
      single.add(low);
      at++;
    }
  }
  const contains: CharacterSet = (character) =>
    single.has(character) || ranges.some(([low, high]) => low <= character && character <= high);
  return { of: (character) => contains(character) !== negated, end: close + 1 };
}

/** Follows all ways of matching at once, so that no pattern can make it try them one after the other. */
function run(tokens: readonly Token[], name: readonly string[]): boolean {
  const length = name.length + 1;
  let reached = new Uint8Array(length);
  let next = new Uint8Array(length);
  reached[0] = 1;
  for (const token of tokens) {
    next.fill(0);
    let open = false;
    let any = false;
    for (let at = 0; at < length; at++) {
      const before = at > 0 ? (name[at - 1] ?? '') : '';
      const came = reached[at] === 1;
      let here: boolean;
      switch (token.kind) {
        case 'literal':
          here = at > 0 && reached[at - 1] === 1 && before === token.character;
          break;
        case 'one':
          here = at > 0 && reached[at - 1] === 1 && before !== '/' && token.of(before);
          break;
        case 'some':
          open = came || (open && before !== '/');
          here = open;
          break;
        case 'all':
          open ||= came;
          here = open;
          break;
        case 'directories':
          here = came || (open && before === '/');
          open ||= came;
          break;
      }
      if (here) {
        next[at] = 1;
        any = true;
      }
    }
    if (!any) return false;
    [reached, next] = [next, reached];
  }
  return reached[name.length] === 1;
}
