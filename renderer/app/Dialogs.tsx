/** Dialogs that any view may open; each is fetched when it is opened for the first time. */
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Dialog } from '../stores/ui-store.ts';
import { useStores, useValue } from '../stores/use-stores.ts';
import { ContentBoundary } from './ContentBoundary.tsx';
import type { Commands } from './use-commands.ts';
import { fetchPalette } from './views.ts';

const Palette = lazy(fetchPalette);
const InformationDialogs = lazy(async () => ({
  default: (await import('./InformationDialogs.tsx')).InformationDialogs,
}));
const FileDetailsDialog = lazy(async () => ({
  default: (await import('../features/file-details/FileDetailsDialog.tsx')).FileDetailsDialog,
}));
const CompareDialog = lazy(async () => ({
  default: (await import('../features/blocks/CompareDialog.tsx')).CompareDialog,
}));
const ErrorLogDialog = lazy(async () => ({
  default: (await import('../features/activity/ErrorLogDialog.tsx')).ErrorLogDialog,
}));
const PassphraseDialog = lazy(async () => ({
  default: (await import('../features/authorization/PassphraseDialog.tsx')).PassphraseDialog,
}));

/** Mantine gives the focus back 10 ms after the dialog closed. */
const CLOSED_AFTER_MS = 20;

const INFORMATION: readonly Dialog[] = ['connection', 'shortcuts', 'about'];

/** Whether one of the dialogs is open, or was: closed ones stay, so that they can be seen closing. */
function useWasOpen(...dialogs: readonly Dialog[]): boolean {
  const open = useValue('ui', (state) => state.dialog !== null && dialogs.includes(state.dialog));
  const [was, setWas] = useState(open);
  if (open && !was) setWas(true);
  return was;
}

/**
 * Who opened a dialog gets the focus back when it closes. Mantine sees to it only where it saw the dialog open, which it does
 * not when the dialog is fetched for the first time.
 */
function useFocusReturn(): void {
  const { ui } = useStores();
  useEffect(() => {
    let opener: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = ui.subscribe(({ dialog }, { dialog: before }) => {
      clearTimeout(timer);
      if (before === null && dialog !== null) opener = document.activeElement;
      if (before === null || dialog !== null) return;
      timer = setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (!lost) return;
        const next = opener instanceof HTMLElement && opener.isConnected ? opener : document.getElementById('content');
        next?.focus({ preventScroll: true });
      }, CLOSED_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [ui]);
}

export function Dialogs({ commands }: { commands: Commands }) {
  const open = useValue('ui', (state) => state.dialog ?? '');
  useFocusReturn();
  const palette = useWasOpen('palette');
  const information = useWasOpen(...INFORMATION);
  const details = useWasOpen('file-details');
  const compare = useWasOpen('compare');
  const errorLog = useWasOpen('error-log');
  const passphrase = useWasOpen('passphrase');
  return (
    <ContentBoundary of={open} quiet>
      <Suspense>
        {palette ? <Palette commands={commands} /> : null}
        {information ? <InformationDialogs /> : null}
        {details ? <FileDetailsDialog /> : null}
        {compare ? <CompareDialog /> : null}
        {errorLog ? <ErrorLogDialog /> : null}
        {passphrase ? <PassphraseDialog /> : null}
      </Suspense>
    </ContentBoundary>
  );
}
