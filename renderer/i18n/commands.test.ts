import { expect, it } from 'vitest';
import { sentenceParts } from './commands.ts';

it.each([
  ['Make room.', [{ kind: 'text', text: 'Make room.' }]],
  [
    'Extend the group with `vgextend vg0 /dev/sdc`, then refresh.',
    [
      { kind: 'text', text: 'Extend the group with ' },
      { kind: 'command', text: 'vgextend vg0 /dev/sdc' },
      { kind: 'text', text: ', then refresh.' },
    ],
  ],
  [
    '“stillframe sweep” tries again.',
    [
      { kind: 'command', text: 'stillframe sweep' },
      { kind: 'text', text: ' tries again.' },
    ],
  ],
  ['Choose “Image Backup” or “NONE”.', [{ kind: 'text', text: 'Choose “Image Backup” or “NONE”.' }]],
  [
    'Run: lvremove vg0/snapshot.',
    [
      { kind: 'text', text: 'Run: ' },
      { kind: 'command', text: 'lvremove vg0/snapshot' },
      { kind: 'text', text: '.' },
    ],
  ],
  ['Run as root.', [{ kind: 'text', text: 'Run as root.' }]],
  ['', []],
])('splits %j', (sentence, parts) => expect(sentenceParts(sentence)).toEqual(parts));
