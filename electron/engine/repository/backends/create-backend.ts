/** Which backend a location means. A new backend is one line here. */
import { EngineError } from '../../base/errors.ts';
import type { Backend } from './backend.ts';
import { createLocalBackend } from './local.ts';

/** Backends by scheme; a location without one is a directory. */
const SCHEMES: Record<string, (rest: string) => Backend> = {
  local: createLocalBackend,
};

/**
 * The backend of a location: a directory, or `scheme:…`. `OPTION_INVALID` for a scheme that does not exist (here) and
 * for an empty location.
 */
export function createBackend(location: string): Backend {
  const invalid = (reason: string): EngineError =>
    new EngineError('OPTION_INVALID', { option: 'repository', value: location, reason });
  if (location.trim() === '') throw invalid('The repository has no location.');
  if (location.includes('\0')) throw invalid('A location cannot hold a NUL character.');
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(location) ?? [];
  if (scheme === undefined) return createLocalBackend(location);
  const create = Object.hasOwn(SCHEMES, scheme.toLowerCase()) ? SCHEMES[scheme.toLowerCase()] : undefined;
  if (create === undefined) {
    throw invalid(`Repositories of the kind "${scheme}:" are not supported; give a directory.`);
  }
  if (rest === '') throw invalid('The repository has no location.');
  return create(rest);
}
