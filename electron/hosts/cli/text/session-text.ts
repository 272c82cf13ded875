/** What `query session` prints for people. */
import type { RepositoryStatus } from '#contract';
import { formatBytes, formatInstant } from '../figures.ts';
import { dottedPairs } from './dotted-pairs.ts';

export interface SessionFacts {
  nodeName: string;
  userName: string;
  /** Root: raw devices can be opened. */
  privileged: boolean;
  clientVersion: string;
  platform: string;
  /** Without credentials. */
  repository: Omit<RepositoryStatus, 'reason'>;
  /** Instant; absent where this node never did anything. */
  lastAccess: string | undefined;
  /** Absent where it cannot be read. */
  policy:
    | { version: number; savedAt: string | undefined; savedBy: string | undefined; defaultClass: string }
    | undefined;
}

export function sessionLines({ repository, policy, ...facts }: SessionFacts): string[] {
  const { freeBytes, totalBytes } = repository;
  return [
    'Stillframe Repository Connection Information',
    '',
    ...dottedPairs([
      ['Repository', repository.location],
      ['Repository Id', repository.id ?? ''],
      ['Repository State', repository.state],
      ['Images', repository.imageCount === undefined ? '' : String(repository.imageCount)],
      ['Last Image Date', repository.lastImageAt === undefined ? '' : formatInstant(repository.lastImageAt)],
      ['Free Space', freeBytes === undefined ? '' : formatBytes(freeBytes)],
      ['Total Space', totalBytes === undefined ? '' : formatBytes(totalBytes)],
      ['Last Access Date', facts.lastAccess === undefined ? 'never' : formatInstant(facts.lastAccess)],
      ['Policy Version', policy ? policyText(policy) : ''],
      ['Default Class', policy?.defaultClass ?? ''],
      ['Client Version', facts.clientVersion],
      ['Platform', facts.platform],
      ['Node Name', facts.nodeName],
      ['User Name', facts.userName],
      ['Privileged', facts.privileged ? 'yes' : 'no, only volumes that this user may read'],
    ]),
  ];
}

function policyText({ version, savedAt, savedBy }: NonNullable<SessionFacts['policy']>): string {
  if (version === 0) return '0, the standard policy';
  const saved = [savedAt === undefined ? '' : formatInstant(savedAt), savedBy ?? ''].filter(Boolean).join(' by ');
  return saved === '' ? String(version) : `${version}, saved ${saved}`;
}
