/** The folders and files of the engine's machine, one folder at a time. */
import { IconArrowUp, IconFile, IconFolder } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { idle, type Loadable, load } from '../../stores/loadable.ts';
import { useStores } from '../../stores/use-stores.ts';
import type { EngineClient } from '../../transport/connection.ts';

type Listing = Awaited<ReturnType<EngineClient['system']['browse']>>;

interface FolderListingProps {
  /** `folder` hides files. */
  kind: 'folder' | 'file';
  /** Called with the folder that is shown first. */
  onStart?(path: string): void;
  /** Called for every folder that is entered by the person. */
  onFolder(path: string): void;
  onFile(path: string): void;
}

export function FolderListing({ kind, onStart, onFolder, onFile }: FolderListingProps) {
  const { client } = useStores();
  const [listing, setListing] = useState<Loadable<Listing | null>>(() => idle(null));
  const root = useRef<HTMLDivElement>(null);
  const start = useRef(onStart);
  const entered = useRef(false);

  const enter = useCallback(
    (path?: string) =>
      load<Listing | null>(idle(null), setListing, () => client.system.browse(path === undefined ? {} : { path })),
    [client],
  );
  useEffect(() => {
    void enter();
  }, [enter]);

  function open(path: string): void {
    onFolder(path);
    // The entry that was pressed goes away.
    entered.current = true;
    root.current?.focus({ preventScroll: true });
    void enter(path);
  }

  const { value, error } = listing;
  useEffect(() => {
    if (!value) return;
    start.current?.(value.path);
    start.current = undefined;
    if (entered.current && document.activeElement === root.current) {
      root.current?.querySelector<HTMLElement>('li button, button:not(:disabled)')?.focus();
    }
    entered.current = false;
  }, [value]);
  const parent = value?.parent;
  const entries = value?.entries.filter((entry) => entry.kind === 'folder' || kind === 'file') ?? [];
  return (
    <div className="sf-listing" ref={root} tabIndex={-1}>
      <div className="sf-listing-path">
        <button
          type="button"
          disabled={parent === undefined}
          onClick={() => parent !== undefined && open(parent)}
          aria-label={t('backup:browse.above')}
        >
          <IconArrowUp size={15} aria-hidden />
        </button>
        <span className="sf-mono sf-clip" title={value?.path}>
          {value?.path ?? ''}
        </span>
      </div>
      <div className="sf-listing-entries">
        {error ? <ErrorCard error={error} /> : null}
        {!value && !error ? <SkeletonRows label={t('backup:browse.reading')} rows={5} /> : null}
        {value && entries.length === 0 ? <p className="sf-dim sf-listing-empty">{t('backup:browse.nothing')}</p> : null}
        <ul aria-label={t('backup:browse.entries')}>
          {entries.map((entry) => (
            <li key={entry.path}>
              <button type="button" onClick={() => (entry.kind === 'folder' ? open(entry.path) : onFile(entry.path))}>
                {entry.kind === 'folder' ? (
                  <IconFolder size={15} aria-label={t('backup:browse.folder')} />
                ) : (
                  <IconFile size={15} aria-label={t('backup:browse.file')} />
                )}
                <span className="sf-clip">{entry.name}</span>
                {entry.sizeBytes === undefined || entry.kind === 'folder' ? null : (
                  <span className="sf-dim sf-small" title={exactBytes(entry.sizeBytes)}>
                    {formatBytes(entry.sizeBytes)}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
