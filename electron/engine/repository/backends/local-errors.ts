/** What the errors of a local file system mean for a repository. */
import type { ErrorCode } from '#contract';
import { EngineError, errnoOf } from '../../base/errors.ts';

/** errno → code. Those that are not listed are our fault. */
const CODES: Record<string, ErrorCode> = {
  ENOSPC: 'REPOSITORY_FULL',
  EDQUOT: 'REPOSITORY_FULL',
  EFBIG: 'REPOSITORY_FULL',
  EACCES: 'REPOSITORY_PERMISSION',
  EPERM: 'REPOSITORY_PERMISSION',
  EROFS: 'REPOSITORY_PERMISSION',
  ENOENT: 'REPOSITORY_UNREACHABLE',
  ENOTDIR: 'REPOSITORY_UNREACHABLE',
  ENOTCONN: 'REPOSITORY_UNREACHABLE',
  ESTALE: 'REPOSITORY_UNREACHABLE',
  EIO: 'REPOSITORY_UNREACHABLE',
  EREMOTEIO: 'REPOSITORY_UNREACHABLE',
  ENODEV: 'REPOSITORY_UNREACHABLE',
  ENXIO: 'REPOSITORY_UNREACHABLE',
  ENOMEDIUM: 'REPOSITORY_UNREACHABLE',
  EHOSTDOWN: 'REPOSITORY_UNREACHABLE',
  EHOSTUNREACH: 'REPOSITORY_UNREACHABLE',
  ENETUNREACH: 'REPOSITORY_UNREACHABLE',
  ECONNRESET: 'REPOSITORY_UNREACHABLE',
  ECONNABORTED: 'REPOSITORY_UNREACHABLE',
  ETIMEDOUT: 'REPOSITORY_UNREACHABLE',
  ENAMETOOLONG: 'OPTION_INVALID',
  ELOOP: 'OPTION_INVALID',
};

const NO_ANSWER = 'The computer or the network that holds it does not answer.';
const NOT_ALLOWED = 'The rights of this user do not suffice there.';

/** What each means to a person; the system's own words are kept as the cause. */
const REASONS: Record<string, string> = {
  ENOSPC: 'No space is left on its drive.',
  EDQUOT: 'The quota on its drive is used up.',
  EFBIG: 'Its file system cannot hold a file of this size.',
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: 'Its drive is read-only.',
  ENOENT: 'The folder or a file in it is not there. Its drive may not be connected.',
  ENOTDIR: 'A part of its path is a file, not a folder.',
  ENOTCONN: NO_ANSWER,
  ESTALE: NO_ANSWER,
  EIO: 'Its drive reports an error.',
  EREMOTEIO: 'Its drive reports an error.',
  ENODEV: 'Its drive is not connected any more.',
  ENXIO: 'Its drive is not connected any more.',
  ENOMEDIUM: 'There is no medium in its drive.',
  EHOSTDOWN: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  ENETUNREACH: NO_ANSWER,
  ECONNRESET: NO_ANSWER,
  ECONNABORTED: NO_ANSWER,
  ETIMEDOUT: NO_ANSWER,
  ENAMETOOLONG: 'Its path is too long.',
  ELOOP: 'Its path leads in a circle of links.',
};

/** The engine's error for a failed system call on `path`; an `EngineError` passes unchanged. */
export function localError(repository: string, path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const errno = errnoOf(error) ?? '';
  const reason = REASONS[errno] ?? (error instanceof Error ? error.message : String(error));
  const code = CODES[errno] ?? 'INTERNAL';
  const option = code === 'OPTION_INVALID' ? { option: 'repository', value: repository } : {};
  return new EngineError(code, { repository, path, errno, reason, ...option }, { cause: error });
}
