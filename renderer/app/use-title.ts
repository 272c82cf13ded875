/** The title of the document says which view is shown; what runs is put before it by who follows the tasks. */
import { useEffect } from 'react';
import { t } from '../i18n/t.ts';
import type { View } from '../stores/ui-store.ts';

export function useTitle(view: View): void {
  useEffect(() => {
    document.title = `${t(`shell:views.${view}`)} – Stillframe`;
  }, [view]);
}
