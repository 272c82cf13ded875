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

/** The engine's error for a failed system call on `path`; an `EngineError` passes unchanged. */
export function localError(repository: string, path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const errno = errnoOf(error) ?? '';
  const reason = error instanceof Error ? error.message : String(error);
  const code = CODES[errno] ?? 'INTERNAL';
  const option = code === 'OPTION_INVALID' ? { option: 'repository', value: repository } : {};
  return new EngineError(code, { repository, path, errno, reason, ...option }, { cause: error });
}
