/** `set password`: another passphrase for the repository, from files or asked for. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { newPassphrase, refuseArguments } from '../new-passphrase.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { output, engine, repository } = context;
  refuseArguments(context);
  const { location } = repository;
  const current = await openWithCurrent(context);
  const next = await newPassphrase(context);
  await engine.repository.changePassphrase({ current, next });
  output.json({ repository: location, replaced: current !== undefined });
  if (current === undefined) {
    output.result(`The passphrase now opens ${location}.`);
    output.info('The generated key that this computer keeps opens it as before.');
  } else {
    output.result(`The passphrase of ${location} was changed. The former one does not open it any more.`);
    output.message(...staleFile(context));
  }
  return output.worst;
}

/** Opens the repository; the passphrase that is to be replaced, undefined where the generated key of this computer did. */
async function openWithCurrent(context: CommandContext): Promise<string | undefined> {
  const { engine, repository, terminal, cancellation } = context;
  const { location, givenPassphrase } = repository;
  if (givenPassphrase !== undefined) {
    await repository.open();
    return givenPassphrase;
  }
  const kept = await opensByItself(context);
  if (!terminal.interactive) {
    if (kept) return undefined;
    throw new EngineError('PASSPHRASE_REQUIRED', {
      repository: location,
      remedy: 'Give the present one with -passwordfile=FILE.',
    });
  }
  const otherwise = kept ? ', or Enter to leave every key as it is and add one' : '';
  const typed = await terminal.askSecret(`Present passphrase of ${location}${otherwise}: `, cancellation.signal);
  if (typed === '' && kept) return undefined;
  if (typed === '')
    throw new EngineError('PASSPHRASE_REQUIRED', { repository: location, reason: 'Nothing was typed.' });
  await cancellation.race(engine.repository.open({ location, passphrase: typed }));
  return typed;
}

async function opensByItself({ engine, repository, cancellation }: CommandContext): Promise<boolean> {
  try {
    await cancellation.race(engine.repository.open({ location: repository.location }));
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'PASSPHRASE_REQUIRED') return false;
    throw error;
  }
}

/** Later runs would fail where the file that gave the passphrase is used again. */
function staleFile({ options }: CommandContext): string[] {
  const { passwordfile } = options.values;
  const { from } = options.sources.passwordfile;
  if (passwordfile === undefined || passwordfile.startsWith('/dev/fd/') || from === 'default') return [];
  return [`Note: ${passwordfile} holds the former passphrase. Replace it before it is used again.`];
}
