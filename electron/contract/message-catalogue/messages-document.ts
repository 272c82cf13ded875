/** The text of docs/messages.md, made from the catalogue so that it cannot lag behind it. */
import { MESSAGE_AREAS } from './index.ts';

const INTRODUCTION = `# Messages

<!-- Made by “node_modules/.bin/node electron/hosts/cli/write-messages.ts” from electron/contract/message-catalogue/: edit that. -->

Every warning and every error of the command line begins with the id of its message, and so does every line of the
error log. \`stillframe help SFR1228E\` shows what is written here; the window shows it next to an error.

An id is \`SFR\`, four digits and a letter, and is never given to another message. Where an original client has a
message that means the same, the number is that of the original: \`stillframe help ANS1228E\` finds it. Numbers from 9000
on are our own.

| letter | severity     | return code                              |
| ------ | ------------ | ---------------------------------------- |
| I      | information  | 0                                        |
| W      | warning      | 8; SFR1115W, which only tells of something that was skipped: 4 |
| E      | error        | 12                                       |
| S      | severe error | 12; data may be lost, or it is our fault |

The highest decides. \`{volume}\` and the like stand for what is put in when the message is written.
`;

/** The whole document. */
export function messagesDocument(): string {
  const areas = MESSAGE_AREAS.map(({ title, messages }) => {
    const entries = messages
      .toSorted((a, b) => a.id.localeCompare(b.id, 'en'))
      .map(
        ({ id, text, explanation, systemAction, userAction }) =>
          `### ${id}\n\n> ${text}\n\n**Explanation:** ${explanation}\n\n**System action:** ${systemAction}\n\n**User action:** ${userAction}\n`,
      );
    return `## ${title}\n\n${entries.join('\n')}`;
  });
  return [INTRODUCTION, ...areas].join('\n');
}
