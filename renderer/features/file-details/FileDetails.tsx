/** Everything that is known about one image; the same in the inspector and in the dialog. */
import './file-details.css';
import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import type { ImageDetails } from '#contract';
import { CopyTextButton } from '../../components/CopyTextButton.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SizeBar } from '../../components/SizeBar.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { auditText } from '../../i18n/reading.ts';
import { t } from '../../i18n/t.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { CommandText } from './CommandText.tsx';
import { detailsAsText, factGroups } from './fact-groups.ts';

const ImageBlocksPanel = lazy(async () => ({
  default: (await import('../blocks/ImageBlocksPanel.tsx')).ImageBlocksPanel,
}));

function Warnings({ details: { summary, manifest } }: { details: ImageDetails }) {
  return (
    <>
      {summary.unreadableBytes > 0 ? (
        <Notice tone="warn" title={t('details:unreadableTitle')}>
          <p title={exactBytes(summary.unreadableBytes)}>
            {t('details:unreadableText', { size: formatBytes(summary.unreadableBytes) })}
          </p>
        </Notice>
      ) : null}
      {manifest?.reading && manifest.reading.auditMismatches > 0 ? (
        <Notice tone="warn" title={t('details:trackingWrong')}>
          <p>{auditText(manifest.reading)}</p>
        </Notice>
      ) : null}
      {manifest ? null : (
        <Notice tone="info" title={t('details:resticTitle')}>
          <p>{t('details:resticText')}</p>
        </Notice>
      )}
    </>
  );
}

/** Why the stored size is what it is. */
function StoredSize({ details: { summary, storedSize, manifest } }: { details: ImageDetails }) {
  const above = storedSize > summary.usedSize;
  return (
    <p className="sf-small sf-dim">
      {above
        ? t('details:storedAbove', { grid: formatBytes(manifest?.gridBytes ?? 512 * 1024) })
        : t('details:storedBelow')}
      {summary.newSize < storedSize / 2
        ? ` ${t('details:storedShared', { size: formatBytes(summary.newSize) })}`
        : null}
    </p>
  );
}

/** The details with the marks that the image has now; they can change after its details were fetched. */
function useMarked(details: ImageDetails): ImageDetails {
  const { id } = details.summary;
  const listed = useValue('images', (state) => state.list.value.find((image) => image.id === id));
  return useMemo(() => {
    if (!listed) return details;
    const { pinned: _pinned, deletedAt: _deletedAt, ...summary } = details.summary;
    const { active, pinned, deletedAt } = listed;
    return {
      ...details,
      summary: { ...summary, active, ...(pinned ? { pinned } : {}), ...(deletedAt ? { deletedAt } : {}) },
    };
  }, [details, listed]);
}

export function FileDetails({ details: fetched }: { details: ImageDetails }) {
  const { ui } = useStores();
  const details = useMarked(fetched);
  const decision = useValue('retention', (state) => state.decisions.value[fetched.summary.id]);
  const now = useNow();
  const comparable = useValue(
    'images',
    (state) => state.list.value.filter((image) => image.volume === details.summary.volume).length > 1,
  );
  const { summary, manifest } = details;
  const groups = factGroups(details, decision, now);
  const text = useMemo(() => detailsAsText(details, decision), [details, decision]);
  return (
    <div className="sf-stack sf-file-details">
      <div className="sf-details-actions">
        <Button
          variant="default"
          size="compact-xs"
          disabled={!comparable}
          title={comparable ? undefined : t('details:compareNone')}
          leftSection={<IconArrowsDiff size={14} aria-hidden />}
          onClick={() => ui.getState().openDialog('compare')}
        >
          {t('details:compare')}
        </Button>
        <CopyTextButton compact text={text} label={t('details:copyAll')} />
      </div>
      <Warnings details={details} />
      <section className="sf-facts">
        <SizeBar
          imageSize={summary.imageSize}
          usedSize={summary.usedSize}
          storedSize={details.storedSize}
          newSize={summary.newSize}
        />
        <StoredSize details={details} />
      </section>
      <section className="sf-facts">
        <h3>{t('details:blocks')}</h3>
        <Suspense fallback={<SkeletonRows rows={3} label={t('details:loadingBlocks')} />}>
          <ImageBlocksPanel key={summary.id} imageId={summary.id} />
        </Suspense>
      </section>
      {groups.map(({ key, title, facts }) => (
        <FactList key={key} title={title} facts={facts} />
      ))}
      {manifest && manifest.warnings.length > 0 ? (
        <Notice tone="warn" title={t('details:warnings')}>
          <ul>
            {manifest.warnings.map((warning) => (
              <li key={warning}>
                <Sentence text={warning} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <CommandText title={t('details:without.title')} text={details.resticCommand} copy={t('details:without.button')} />
      {details.partitionScript === undefined ? null : (
        <CommandText
          title={t('details:table.title')}
          help={t('details:table.help')}
          text={details.partitionScript.trimEnd()}
          copy={t('details:table.button')}
        />
      )}
    </div>
  );
}
