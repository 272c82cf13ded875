import type { Texts } from '../texts.ts';

export const common = {
  loading: 'Wird geladen',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  volumes_one: '{{count}} Datenträger',
  volumes_other: '{{count}} Datenträger',
} satisfies Texts<'common'>;
