/** `query session`: who this is, and which repository it works with. */
import { userInfo } from 'node:os';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { withoutCredentials } from '../system-info/without-secrets.ts';
import { type SessionFacts, sessionLines } from '../text/session-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { output, repository, engine, cancellation } = context;
  await repository.open();
  const { version, nodeName, privileged, platform } = engine.describe();
  const status = await cancellation.race(engine.repository.status());
  const facts: SessionFacts = {
    nodeName,
    userName: userName(),
    privileged,
    clientVersion: version,
    platform,
    repository: {
      location: withoutCredentials(status.location),
      state: status.state,
      id: status.id,
      imageCount: status.imageCount,
      lastImageAt: status.lastImageAt,
      freeBytes: status.freeBytes,
      totalBytes: status.totalBytes,
    },
    lastAccess: await lastAccess(context),
    policy: await policyOf(context),
  };
  output.json(facts);
  output.result(...sessionLines(facts));
  return output.worst;
}

/** When this computer last ran something with any repository, before now. */
async function lastAccess({ engine, cancellation, ports }: CommandContext): Promise<string | undefined> {
  const { runs } = await cancellation.race(engine.activity.list({ filter: {}, limit: 1 }));
  const images = await cancellation.race(engine.listImages());
  const own = images.filter(({ hostname }) => hostname === ports.nodeName).map(({ time }) => time);
  const times = [...runs.map(({ startedAt }) => startedAt), ...own.slice(0, 1)];
  return times.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}

async function policyOf({ engine, cancellation }: CommandContext): Promise<SessionFacts['policy']> {
  try {
    const { version, savedAt, savedBy, set } = await cancellation.race(engine.policy.describe());
    return { version, savedAt, savedBy, defaultClass: set.defaultClass };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'CANCELLED') throw error;
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an account.
    return String(process.getuid?.() ?? '');
  }
}
