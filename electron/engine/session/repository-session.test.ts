import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { systemClock, systemRandom } from '../testing/memory-engine.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { RepositorySession } from './repository-session.ts';

let workspace: Workspace;
let ports: Ports;
let location: string;

beforeEach(async () => {
  workspace = await createWorkspace();
  ports = {
    ...testPorts(workspace.folder),
    clock: systemClock,
    random: systemRandom,
    nodeName: 'test',
    capabilities: { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false },
  };
  location = join(workspace.folder, 'repository');
});
afterEach(() => workspace[Symbol.asyncDispose]());

const opens = async (passphrase: string | undefined): Promise<boolean> => {
  await using session = new RepositorySession(ports, location, undefined);
  return session.open({ location, passphrase }).then(
    ({ state }) => state === 'open',
    () => false,
  );
};

describe('the keys of a repository', () => {
  it('change: the old passphrase is out, the new one and the recovery key are in', async () => {
    await using session = new RepositorySession(ports, location, undefined);
    const { recoveryKey } = await session.create({ location, passphrase: 'the old one' });
    await session.changePassphrase({ current: 'the old one', next: 'the new one' });
    expect(await session.listKeys()).toHaveLength(2);
    expect(await opens('the old one')).toBe(false);
    expect(await opens('the new one')).toBe(true);
    expect(await opens(recoveryKey)).toBe(true);
  });

  it('stay as they are where the present passphrase is wrong or the new one is the old', async () => {
    await using session = new RepositorySession(ports, location, undefined);
    await session.create({ location, passphrase: 'the old one' });
    const wrong = session.changePassphrase({ current: 'not this', next: 'the new one' });
    await expect(wrong).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    const same = session.changePassphrase({ current: 'the old one', next: 'the old one' });
    await expect(same).rejects.toMatchObject({ code: 'COMMAND_INVALID' });
    expect(await session.listKeys()).toHaveLength(2);
    expect(await opens('the old one')).toBe(true);
  });

  it('are added to a kept one, and a kept one that is changed is kept no longer', async () => {
    await using session = new RepositorySession(ports, location, undefined);
    const { recoveryKey } = await session.create({ location });
    await session.changePassphrase({ next: 'a passphrase' });
    expect(await opens(undefined)).toBe(true);
    expect(await opens('a passphrase')).toBe(true);
    await session.changePassphrase({ current: recoveryKey, next: 'another one' });
    expect(await opens(undefined)).toBe(false);
    expect(await opens('a passphrase')).toBe(true);
    expect(await opens('another one')).toBe(true);
  });

  it('grow by a recovery key, which opens', async () => {
    await using session = new RepositorySession(ports, location, undefined);
    const first = await session.create({ location, passphrase: 'a passphrase' });
    const { recoveryKey } = await session.addRecoveryKey();
    expect(recoveryKey).not.toBe(first.recoveryKey);
    expect(await opens(recoveryKey)).toBe(true);
  });
});

it('opens nothing by itself where it is not known which repository is meant', async () => {
  {
    await using first = new RepositorySession(ports, location, undefined);
    await first.create({ location });
  }
  const refusal = new EngineError('OPTION_INVALID', { reason: 'The options file cannot be read (EACCES).' });
  await using session = new RepositorySession(ports, location, undefined, refusal);
  await expect(session.require()).rejects.toBe(refusal);
  expect(await session.status()).toMatchObject({
    state: 'unreachable',
    reason: 'The options file cannot be read (EACCES).',
  });
  expect((await session.open({ location })).state).toBe('open');
});
