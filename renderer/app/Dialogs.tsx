/** Dialogs that any view may open; each is fetched when it is opened for the first time. */
import { lazy, Suspense, useState } from 'react';
import type { Dialog } from '../stores/ui-store.ts';
import { useValue } from '../stores/use-stores.ts';
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
const PolicyDialog = lazy(async () => ({
  default: (await import('../features/policy/PolicyDialog.tsx')).PolicyDialog,
}));
const RetentionDialogs = lazy(async () => ({
  default: (await import('../features/retention/RetentionDialogs.tsx')).RetentionDialogs,
}));
const PassphraseDialog = lazy(async () => ({
  default: (await import('../features/authorization/PassphraseDialog.tsx')).PassphraseDialog,
}));
const SchedulesDialog = lazy(async () => ({
  default: (await import('../features/schedules/SchedulesDialog.tsx')).SchedulesDialog,
}));

/** About images; they come together. */
const RETENTION: readonly Dialog[] = ['expire', 'prune', 'pin', 'delete-backup', 'deactivate'];
const INFORMATION: readonly Dialog[] = ['connection', 'shortcuts', 'about'];

/** Whether one of the dialogs is open, or was: closed ones stay, so that they can be seen closing. */
function useWasOpen(...dialogs: readonly Dialog[]): boolean {
  const open = useValue('ui', (state) => state.dialog !== null && dialogs.includes(state.dialog));
  const [was, setWas] = useState(open);
  if (open && !was) setWas(true);
  return was;
}

export function Dialogs({ commands }: { commands: Commands }) {
  const open = useValue('ui', (state) => state.dialog ?? '');
  const palette = useWasOpen('palette');
  const information = useWasOpen(...INFORMATION);
  const details = useWasOpen('file-details');
  const compare = useWasOpen('compare');
  const errorLog = useWasOpen('error-log');
  const passphrase = useWasOpen('passphrase');
  const schedules = useWasOpen('schedules');
  const policy = useWasOpen('policy');
  const retention = useWasOpen(...RETENTION);
  return (
    <ContentBoundary of={open} quiet>
      <Suspense>
        {palette ? <Palette commands={commands} /> : null}
        {information ? <InformationDialogs /> : null}
        {details ? <FileDetailsDialog /> : null}
        {compare ? <CompareDialog /> : null}
        {errorLog ? <ErrorLogDialog /> : null}
        {policy ? <PolicyDialog /> : null}
        {retention ? <RetentionDialogs /> : null}
        {passphrase ? <PassphraseDialog /> : null}
        {schedules ? <SchedulesDialog /> : null}
      </Suspense>
    </ContentBoundary>
  );
}
