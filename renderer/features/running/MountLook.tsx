/** Mounts a volume read-only to look at what was restored, and undoes it. */
import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

/** The button that was pressed is switched off and then goes: its successor gets the focus. */
function useSuccessorFocus(busy: boolean): { place: RefObject<HTMLDivElement | null>; note(): void } {
  const place = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (busy || !pressed.current) return;
    pressed.current = false;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const buttons = place.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [];
    [...buttons].at(-1)?.focus({ preventScroll: true });
  }, [busy]);
  return {
    place,
    note: () => {
      pressed.current = true;
    },
  };
}

export function MountLook({ volume }: { volume: string }) {
  const { tasks } = useStores();
  const look = useValue('tasks', (state) => state.looks[volume]);
  // A file that was restored to is not a volume of this computer, unless it was added as one.
  const known = useValue('volumes', (state) => state.list.value.some(({ name }) => name === volume));
  const busy = look?.phase === 'loading';
  const { place, note } = useSuccessorFocus(busy);
  if (!known && !look) return null;
  const point = look?.value ?? null;
  return (
    <div className="sf-stack tight">
      <div className="sf-look" aria-live="polite" ref={place}>
        {point === null ? (
          <Button
            variant="default"
            loading={busy}
            leftSection={<IconFolderOpen size={15} aria-hidden />}
            aria-label={t('running:mount.buttonNamed', { volume })}
            onClick={() => {
              note();
              void tasks.getState().mount(volume);
            }}
          >
            {t('running:mount.button')}
          </Button>
        ) : (
          <>
            <span className="sf-small sf-nowrap">{t('running:mount.mounted')}</span>
            <code className="sf-mono sf-clip sf-selectable" title={point}>
              {point}
            </code>
            <CopyButton value={point} what={t('running:mount.what')} />
            <Button
              variant="default"
              loading={busy}
              aria-label={t('running:mount.unmountNamed', { volume })}
              onClick={() => {
                note();
                void tasks.getState().unmount(volume);
              }}
            >
              {t('running:mount.unmount')}
            </Button>
          </>
        )}
      </div>
      {look?.error ? <ErrorCard error={look.error} /> : null}
    </div>
  );
}
