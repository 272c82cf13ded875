import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { dispositionOf, ERROR_DISPOSITIONS, type ErrorCode } from '../errors.ts';
import { MESSAGE_IDS, messageIdOfError, messageIdOfWarning, severityOf, warningKindSchema } from '../message-ids.ts';
import { messageIdSchema } from '../messages.ts';
import { findMessage, MESSAGES } from './index.ts';
import { messagesDocument } from './messages-document.ts';

/**
 * Every id that was ever given out, with what it stands for. A line may be added; one that is here stays, for scripts,
 * tickets and logs refer to it.
 */
const RECORDED: readonly string[] = [
  'SFR1025E PASSPHRASE_WRONG',
  'SFR1028S INTERNAL',
  'SFR1029E ENGINE_GONE',
  'SFR1063E VOLUME_NOT_FOUND',
  'SFR1074E CANCELLED',
  'SFR1082E TARGET_NOT_FOUND',
  'SFR1092W noMatch',
  'SFR1107E OPTION_INVALID',
  'SFR1111E MANAGEMENT_CLASS_UNUSABLE',
  'SFR1115W skipped',
  'SFR1213W staticFallback',
  'SFR1226E TARGET_BUSY',
  'SFR1311E REPOSITORY_FULL',
  'SFR1312E REPOSITORY_UNREACHABLE',
  'SFR1375E SNAPSHOT_UNAVAILABLE',
  'SFR1378E SNAPSHOT_NO_SPACE',
  'SFR1380W notIdle',
  'SFR1453W wholeVolume',
  'SFR1503E PASSPHRASE_REQUIRED',
  'SFR3013E PROVIDER_UNSUPPORTED',
  'SFR4000E IMAGE_NOT_FOUND',
  'SFR4007E VOLUME_PERMISSION',
  'SFR4009E TARGET_FULL',
  'SFR4023E TARGET_WRITE_FAILED',
  'SFR4037E VOLUME_SIZE_CHANGED',
  'SFR4987E VOLUME_BUSY',
  'SFR9001E REPOSITORY_NOT_FOUND',
  'SFR9002E REPOSITORY_EXISTS',
  'SFR9003E REPOSITORY_PERMISSION',
  'SFR9004S REPOSITORY_DAMAGED',
  'SFR9005E REPOSITORY_LOCKED',
  'SFR9006E REPOSITORY_LOCK_LOST',
  'SFR9007E REPOSITORY_UNSUPPORTED',
  'SFR9008E REPOSITORY_NOT_OPEN',
  'SFR9009E KEY_NOT_FOUND',
  'SFR9010E KEY_IN_USE',
  'SFR9021E VOLUME_VANISHED',
  'SFR9022E VOLUME_REMOUNT_FAILED',
  'SFR9023E VOLUME_HOLDS_REPOSITORY',
  'SFR9024E FILESYSTEM_DAMAGED',
  'SFR9025E FILESYSTEM_UNSUPPORTED',
  'SFR9031E SNAPSHOT_LOST',
  'SFR9032E SNAPSHOT_RELEASE_FAILED',
  'SFR9033E VOLUME_NOT_IDLE',
  'SFR9034E SNAPSHOT_COMMAND_FAILED',
  'SFR9041E IMAGE_AMBIGUOUS',
  'SFR9042S IMAGE_DAMAGED',
  'SFR9043E IMAGE_DELETED',
  'SFR9044E IMAGE_PINNED',
  'SFR9045E IMAGE_FOREIGN',
  'SFR9051E POLICY_INVALID',
  'SFR9052E POLICY_CHANGED',
  'SFR9053E MANAGEMENT_CLASS_UNKNOWN',
  'SFR9054E DELETION_NOT_CONFIRMED',
  'SFR9061E SCHEDULE_NOT_FOUND',
  'SFR9062E SCHEDULE_INVALID',
  'SFR9063E SCHEDULE_UNAVAILABLE',
  'SFR9071E TARGET_PERMISSION',
  'SFR9072E TARGET_MOUNTED',
  'SFR9073E TARGET_SYSTEM',
  'SFR9074E TARGET_READ_ONLY',
  'SFR9075E TARGET_TOO_SMALL',
  'SFR9076E TARGET_SECTOR_SIZE',
  'SFR9077E TARGET_HOLDS_REPOSITORY',
  'SFR9078E TARGET_NOT_CONFIRMED',
  'SFR9079S TARGET_VERIFY_FAILED',
  'SFR9081E OPTIONS_CHANGED',
  'SFR9082E OPTIONS_UNWRITABLE',
  'SFR9083E COMMAND_INVALID',
  'SFR9084E REQUEST_INVALID',
  'SFR9085E REQUEST_TIMEOUT',
  'SFR9086E TASK_NOT_FOUND',
  'SFR9087E TASK_CONFLICT',
  'SFR9088E UNSUPPORTED_ON_HOST',
  'SFR9089E UNAUTHORIZED',
  'SFR9200W general',
  'SFR9201W snapshot',
  'SFR9202W snapshotSpace',
  'SFR9203W snapshotCommand',
  'SFR9204W snapshotLeft',
  'SFR9205W filesystem',
  'SFR9206W unreadable',
  'SFR9207W audit',
  'SFR9208W repositoryDamage',
  'SFR9209W noLock',
  'SFR9211W target',
  'SFR9212W leftover',
  'SFR9213W optionsFile',
  'SFR9214W rebound',
  'SFR9215W fuzzy',
];

it('gives every id once, and a number to one message only', () => {
  expect(new Set(MESSAGE_IDS).size).toBe(MESSAGE_IDS.length);
  const numbers = MESSAGE_IDS.map((id) => id.slice(3, 7));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  expect(MESSAGES.map(({ id }) => id).toSorted()).toEqual(MESSAGE_IDS);
});

it('keeps every id for what it was given to', () => {
  const now = [
    ...Object.keys(ERROR_DISPOSITIONS).map((code) => `${messageIdOfError(code as ErrorCode)} ${code}`),
    ...warningKindSchema.options.map((kind) => `${messageIdOfWarning(kind)} ${kind}`),
  ];
  // Whoever adds a message adds it here, too.
  expect(now.toSorted()).toEqual(RECORDED);
});

it.each(MESSAGES)('$id is complete', ({ id, severity, text, explanation, systemAction, userAction }) => {
  expect(messageIdSchema.safeParse(id).success).toBe(true);
  expect(severity).toBe(id.at(-1));
  expect(text).not.toBe('');
  for (const part of [explanation, systemAction, userAction]) expect(part).toMatch(/^\P{Ll}.*\.$|^“stillframe .*\.$/u);
  expect([text, explanation, systemAction, userAction].join('')).not.toMatch(/undefined| {2}/);
});

it('is severe where data may be lost or it is our fault, and an error elsewhere', () => {
  const severe = (Object.keys(ERROR_DISPOSITIONS) as ErrorCode[]).filter(
    (code) => severityOf(messageIdOfError(code)) === 'S',
  );
  expect(severe).toEqual(['REPOSITORY_DAMAGED', 'IMAGE_DAMAGED', 'TARGET_VERIFY_FAILED', 'INTERNAL']);
  for (const code of Object.keys(ERROR_DISPOSITIONS) as ErrorCode[]) {
    expect(severityOf(messageIdOfError(code))).toMatch(/[ES]/);
    if (dispositionOf(code) === 'bug') expect(severe).toContain(code);
  }
  for (const kind of warningKindSchema.options) expect(severityOf(messageIdOfWarning(kind))).toBe('W');
});

it('finds what somebody means', () => {
  for (const typed of ['SFR1228E', 'sfr1228e', '1228', '1228e', 'ANS1228E', 'ane1228E', ' SFR1228 ']) {
    expect(findMessage(typed)?.id).toBe('SFR1228E');
  }
  for (const typed of ['', 'SFR', 'SFR0000E', '122', '12288', 'XYZ1228E', 'backup'])
    expect(findMessage(typed)).toBeUndefined();
});

it('docs/messages.md is what the catalogue says; if not: node_modules/.bin/node electron/hosts/cli/write-messages.ts', async () => {
  expect(await readFile(resolve(import.meta.dirname, '../../../docs/messages.md'), 'utf8')).toBe(messagesDocument());
});
