import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, isLiteral } from './pattern.ts';

const matches = (pattern: string, name: string) => compilePattern(pattern).matches(name);

describe('patterns', () => {
  test.each([
    ['/dev/sda1', '/dev/sda1', true],
    ['/dev/sda1', '/dev/sda10', false],
    ['/dev/sda1', '/DEV/SDA1', false],
    ['/home/', '/home', true],
    ['/', '/', true],
    ['*', '/any/thing at all', true],
    ['/dev/sd*', '/dev/sda1', true],
    ['/dev/*', '/dev/mapper/vg-home', false],
    ['/dev/**', '/dev/mapper/vg-home', true],
    ['/dev/sd?1', '/dev/sdb1', true],
    ['/dev/sd?1', '/dev/sd1', false],
    ['/mnt?x', '/mnt/x', false],
    ['/mnt[/]x', '/mnt/x', false],
    ['/dev/sd[a-c]1', '/dev/sdc1', true],
    ['/dev/sd[a-c]1', '/dev/sdd1', false],
    ['/dev/sd[!a-c]1', '/dev/sdd1', true],
    ['/dev/sd[^a]1', '/dev/sda1', false],
    ['/x[]]y', '/x]y', true],
    ['/x[a-]y', '/x-y', true],
    ['/x[', '/x[', true],
    ['/x[ab', '/x[ab', true],
    ['/srv/**/data', '/srv/data', true],
    ['/srv/**/data', '/srv/a/b/data', true],
    ['/srv/**/data', '/srv/xdata', false],
    ['/srv/.../data', '/srv/a/b/data', true],
    ['/srv/.../data', '/srv/data', true],
    ['/images/**.img', '/images/a/b.img', true],
    ['/mnt/*x*y*', '/mnt/1x2y3', true],
    ['', '', true],
    ['/ä?', '/ä😀', true],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });

  test('a name is a pattern of itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\/[^*?[\]/]{1,8}){1,4}$/), (name) => {
        fc.pre(isLiteral(name));
        expect(matches(name, name)).toBe(true);
        expect(matches(`${name}x`, name)).toBe(false);
      }),
    );
  });

  test('agrees with a regular expression', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '?', '[ab]', '[!a]', '**', '.');
    const name = fc.array(fc.constantFrom('a', 'b', 'c', '/', '.'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), name, (parts, text) => {
        // Directories in the middle have a test of their own; neighbours make other stars.
        const pattern = parts.join('');
        fc.pre(
          !/\*\*\/|\.\.\.|\*\*\*|\/$/.test(pattern) &&
            !/\*\*/.test(parts.join(' ').replaceAll('**', '').replaceAll(' ', '')),
        );
        const source = pattern.replace(/\*+|\?|\[[^\]]*\]|\./g, (token) => {
          if (token.startsWith('**')) return '.*';
          if (token === '*') return '[^/]*';
          if (token === '?') return '[^/]';
          if (token === '.') return '\\.';
          return `(?!/)${token.replace('!', '^')}`;
        });
        expect(matches(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  test('takes no time for what makes a regular expression take for ever', () => {
    const started = performance.now();
    expect(matches(`/${'*a'.repeat(2000)}b`, `/${'a'.repeat(255)}`)).toBe(false);
    expect(matches(`/${'**/'.repeat(1300)}b`, `/${'a/'.repeat(500)}`)).toBe(false);
    // As many as a window can send at once.
    for (let n = 0; n < 1000; n++) {
      expect(matches(`/${'['.repeat(4000)}`, '/x')).toBe(false);
      expect(matches(`${'/'.repeat(4000)}x`, '/x')).toBe(false);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
