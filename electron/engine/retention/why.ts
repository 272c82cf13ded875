/** Decisions in words, with the numbers that led to them. */
import type { Verdict } from './decide.ts';

/** One English sentence, or two where the class is not the one that the image is bound to. */
export function whyOf(verdict: Verdict): string {
  const sentence = ruleSentence(verdict);
  const concernsClass = !['foreign', 'deleted', 'pinned', 'active'].includes(verdict.rule);
  if (!concernsClass || verdict.class.kind !== 'group' || !verdict.class.missing) return sentence;
  return [sentence, `There is no class ${verdict.managementClass}, so the default class counts.`].join(' ');
}

function ruleSentence(verdict: Verdict): string {
  const { rule, position, limit, limitDays, inactiveDays = 0, pinReason } = verdict;
  const { name } = verdict.class;
  switch (rule) {
    case 'active':
      return 'It is the newest image of its volume.';
    case 'pinned':
      return pinReason === '' ? 'It is pinned.' : `It is pinned (${pinReason}).`;
    case 'foreign':
      return 'It was made by restic itself, so policy does not apply to it.';
    case 'deleted':
      return 'It was deleted by a person.';
    case 'versions':
      return verdict.isDeactivated
        ? `It is version ${position} of a deactivated volume, of which the class ${name} keeps ${limit} (VERDELETED).`
        : `It is version ${position} of its volume, of which the class ${name} keeps ${limit} (VEREXISTS).`;
    case 'age':
      return `It became inactive ${inactiveDays} days ago, and the class ${name} keeps such images for ${limitDays} days (RETEXTRA).`;
    case 'onlyVersion':
      return `Its volume was deactivated ${inactiveDays} days ago, and the class ${name} keeps the last image for ${limitDays} days (RETONLY).`;
    case 'graceOver':
      return `It became inactive ${inactiveDays} days ago, and the class ${name} has no copy group: the grace retention is ${limitDays} days.`;
    case 'grace':
      return limitDays === 'nolimit'
        ? `The class ${name} has no copy group, and the grace retention has no end.`
        : `The class ${name} has no copy group: this is day ${inactiveDays} of ${limitDays} of the grace retention.`;
    case 'withinLimits':
      return withinLimits(verdict);
  }
}

function withinLimits({
  position,
  limit = 'nolimit',
  limitDays = 'nolimit',
  inactiveDays = 0,
  ...verdict
}: Verdict): string {
  const { name } = verdict.class;
  if (verdict.doubt === 'order')
    return 'It was made after an image that has a later date, so a clock was wrong: it is kept as long as that one.';
  if (verdict.doubt === 'future')
    return 'An image of this volume has a date in the future, so a clock was wrong: all are kept.';
  if (limit === 'nolimit' && limitDays === 'nolimit') return `Every version is kept for ever (class ${name}).`;
  if (limit === 'nolimit') {
    return `Any number of versions is kept, and it has been inactive for ${inactiveDays} of ${limitDays} days (class ${name}).`;
  }
  if (limitDays === 'nolimit')
    return `It is version ${position} of ${limit} that are kept, whatever their age (class ${name}).`;
  return `It is version ${position} of ${limit} that are kept, and has been inactive for ${inactiveDays} of ${limitDays} days (class ${name}).`;
}
