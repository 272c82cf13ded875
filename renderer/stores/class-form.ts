/** A management class as it is typed: texts, what is wrong with them, and the class that they make. */
import { type BackupCopyGroup, MANAGEMENT_CLASS_NAME, type ManagementClass, type PolicySet } from '#contract';
import { classNamed, isSameName, STANDARD_GROUP } from './policy-draft.ts';

/** Fields that are whole numbers, with what they may be; `nolimit` where there need be none. */
export const NUMBER_FIELDS = {
  verExists: { minimum: 1, maximum: 9999, mayBeUnlimited: true },
  verDeleted: { minimum: 0, maximum: 9999, mayBeUnlimited: true },
  retExtra: { minimum: 0, maximum: 30_000, mayBeUnlimited: true },
  retOnly: { minimum: 0, maximum: 30_000, mayBeUnlimited: true },
  changingRetries: { minimum: 0, maximum: 4, mayBeUnlimited: false },
} as const;
export type NumberField = keyof typeof NUMBER_FIELDS;
export const NUMBER_FIELD_NAMES = Object.keys(NUMBER_FIELDS) as NumberField[];

export const MAX_GRACE_DAYS = 30_000;
const MAX_DESCRIPTION = 255;

export interface ClassForm {
  name: string;
  description: string;
  hasGroup: boolean;
  /** As typed, or `nolimit`. */
  numbers: Record<NumberField, string>;
  mode: BackupCopyGroup['mode'];
  serialization: BackupCopyGroup['serialization'];
}

/** What is wrong with a text. */
export type TextProblem = 'nameMissing' | 'nameLetters' | 'nameTaken' | 'descriptionLong' | 'descriptionLines';
/** By field; a number is wrong or it is not. */
export type FormProblems = Partial<Record<'name' | 'description', TextProblem> & Record<NumberField, 'number'>>;

/** The form that shows a class. */
export function formOf({ name, description, backup }: ManagementClass): ClassForm {
  const group = backup ?? STANDARD_GROUP;
  return {
    name,
    description,
    hasGroup: backup !== undefined,
    numbers: {
      verExists: String(group.verExists),
      verDeleted: String(group.verDeleted),
      retExtra: String(group.retExtra),
      retOnly: String(group.retOnly),
      changingRetries: String(group.changingRetries),
    },
    mode: group.mode,
    serialization: group.serialization,
  };
}

/** The number that was typed; undefined where it is none between the two. */
export function limitOf(text: string, minimum: number, maximum: number): number | 'nolimit' | undefined {
  if (text === 'nolimit') return 'nolimit';
  if (!/^\d{1,6}$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value >= minimum && value <= maximum ? value : undefined;
}

function numberOf(form: ClassForm, field: NumberField): number | 'nolimit' | undefined {
  const { minimum, maximum, mayBeUnlimited } = NUMBER_FIELDS[field];
  const value = limitOf(form.numbers[field], minimum, maximum);
  return value === 'nolimit' && !mayBeUnlimited ? undefined : value;
}

function nameProblem(name: string, set: PolicySet, original: string | null): TextProblem | undefined {
  if (name === '') return 'nameMissing';
  if (!MANAGEMENT_CLASS_NAME.test(name)) return 'nameLetters';
  const isOwn = original !== null && isSameName(original, name);
  return !isOwn && classNamed(set, name) ? 'nameTaken' : undefined;
}

function descriptionProblem(text: string): TextProblem | undefined {
  if (text.length > MAX_DESCRIPTION) return 'descriptionLong';
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? 'descriptionLines' : undefined;
}

/** By field; empty where it can be taken. `original`: the name that the class has in the policy; null for a new one. */
export function formProblems(form: ClassForm, set: PolicySet, original: string | null): FormProblems {
  const name = nameProblem(form.name, set, original);
  const description = descriptionProblem(form.description);
  const numbers = form.hasGroup ? NUMBER_FIELD_NAMES.filter((field) => numberOf(form, field) === undefined) : [];
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    ...Object.fromEntries(numbers.map((field) => [field, 'number' as const])),
  };
}

/** The class that the form makes; undefined while one of its numbers is none. */
export function classOfForm(form: ClassForm): ManagementClass | undefined {
  const { name, description, mode, serialization } = form;
  if (!form.hasGroup) return { name, description };
  const verExists = numberOf(form, 'verExists');
  const verDeleted = numberOf(form, 'verDeleted');
  const retExtra = numberOf(form, 'retExtra');
  const retOnly = numberOf(form, 'retOnly');
  const changingRetries = numberOf(form, 'changingRetries');
  if (
    verExists === undefined ||
    verDeleted === undefined ||
    retExtra === undefined ||
    retOnly === undefined ||
    typeof changingRetries !== 'number'
  ) {
    return undefined;
  }
  return {
    name,
    description,
    backup: { verExists, verDeleted, retExtra, retOnly, mode, serialization, changingRetries },
  };
}
