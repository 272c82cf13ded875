/** `policy.json`: classes and marks as they lie in the repository. What is not understood is refused, never guessed. */
import { z } from 'zod';
import { backupCopyGroupSchema, instantSchema, managementClassSchema, type Policy, policySetSchema } from '#contract';
import { EngineError } from '../base/errors.ts';
import { problemsOfPolicy } from '../policy/classes/validate.ts';
import { marksSchema } from './marks.ts';

/** Raised where older versions would misread what a newer one writes. */
export const POLICY_FORMAT = 1;
/** Larger files are not read. */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

const strictClassSchema = z.strictObject({
  ...managementClassSchema.shape,
  backup: z.strictObject(backupCopyGroupSchema.shape).optional(),
});

/** What there is to know of a version without its classes; policy snapshots carry it, so that lists need no trees. */
export const versionFactsSchema = z.object({
  version: z.number().int().min(1).max(1_000_000_000),
  /** Random, and so different for two who save at once. */
  revision: z.string().regex(/^[0-9a-f]{32}$/),
  savedAt: instantSchema,
  /** `user@host`. */
  savedBy: z.string().max(1000),
  /** What changed, English sentences. */
  changes: z.array(z.string().max(10_000)).max(1000),
});
export type VersionFacts = z.infer<typeof versionFactsSchema>;

const documentSchema = z.strictObject({
  format: z.literal(POLICY_FORMAT),
  ...versionFactsSchema.shape,
  set: z.strictObject({ ...policySetSchema.shape, classes: z.array(strictClassSchema).min(1).max(200) }),
  marks: marksSchema,
});
export type PolicyDocument = z.infer<typeof documentSchema>;

/** As text for people who look at it with restic, too. */
export function encodePolicy(document: PolicyDocument): Buffer {
  return Buffer.from(`${JSON.stringify(document, undefined, 1)}\n`);
}

/** Throws `POLICY_INVALID`: unreadable JSON, an unknown field or format, or classes that no policy may have. */
export function decodePolicy(bytes: Uint8Array, where: { repository: string; snapshot: string }): PolicyDocument {
  const raw = parseJson(bytes, where);
  const format: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'format') : undefined;
  if (typeof format === 'number' && format > POLICY_FORMAT) {
    throw unreadable(where, 'It was saved by a newer version of Stillframe.', 'Update Stillframe on this computer.');
  }
  const parsed = documentSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(where, `${issue?.path.map(String).join('.') || 'policy.json'}: ${issue?.message ?? 'invalid'}`);
  }
  const [problem] = problemsOfPolicy(parsed.data.set);
  if (problem !== undefined) throw unreadable(where, problem);
  return parsed.data;
}

/** The policy that a document puts in force. */
export function policyOf({ set, revision, version, savedAt, savedBy }: PolicyDocument): Policy {
  return { set, revision, version, savedAt, savedBy };
}

function parseJson(bytes: Uint8Array, where: { repository: string; snapshot: string }): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw unreadable(where, 'It is not valid JSON.', undefined, cause);
  }
}

/** What to do about a policy that cannot be read. */
export const GO_BACK =
  'Remove that snapshot with restic to go back to the version before, then look at the policy and save it again.';

/** The policy cannot be read: then nothing may be removed that depends on it. */
export function unreadable(
  { repository, snapshot }: { repository: string; snapshot: string },
  reason: string,
  remedy = GO_BACK,
  cause?: unknown,
): EngineError {
  return new EngineError(
    'POLICY_INVALID',
    {
      repository,
      snapshot,
      reason: [`The policy in snapshot ${snapshot.slice(0, 8)} cannot be read.`, reason].join(' '),
      remedy,
    },
    { cause },
  );
}
