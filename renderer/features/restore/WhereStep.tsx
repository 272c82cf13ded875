/** Step 2: the target. Every candidate says what is on it and, if it may not be used, why. */
import { Button, Skeleton } from '@mantine/core';
import { IconArrowUpRight, IconBan, IconCircleCheck, IconFile, IconStar, IconUsb } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { ImageSummary, RestorePlan, Volume } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { allowedPlan, targetKey } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { PathChooser } from '../browse/PathChooser.tsx';
import { orderTargets } from './targets.ts';

interface CandidateProps {
  volume: Volume;
  image: ImageSummary;
  plan: Loadable<RestorePlan | null> | undefined;
  chosen: boolean;
  onChoose(): void;
}

function Verdict({ plan }: { plan: Loadable<RestorePlan | null> | undefined }) {
  if (plan?.value && plan.value.refusals.length > 0)
    return <StatusBadge icon={IconBan} word="not possible" tone="bad" />;
  if (plan?.value) return <StatusBadge icon={IconCircleCheck} word="possible" tone="ok" />;
  if (plan?.error) return <StatusBadge icon={IconBan} word="not checked" tone="warn" hint={plan.error.message} />;
  return <Skeleton width={74} height={20} radius={4} />;
}

function Candidate({ volume, image, plan, chosen, onChoose }: CandidateProps) {
  const refusals = plan?.value?.refusals ?? [];
  const usable = plan?.value !== undefined && plan.value !== null && refusals.length === 0;
  const title = [volume.label, volume.model].filter(Boolean).join(' · ');
  return (
    <label className="sf-target" data-chosen={chosen || undefined} data-refused={refusals.length > 0 || undefined}>
      <input
        type="radio"
        name="target"
        checked={chosen}
        disabled={!usable}
        onChange={onChoose}
        aria-label={`${volume.name} ${title}`}
      />
      <span className="sf-target-body">
        <span className="sf-target-line">
          <span className="sf-mono sf-clip" title={volume.name}>
            {volume.name}
          </span>
          <span className="sf-nowrap">{formatBytes(volume.sizeBytes)}</span>
          <span className="sf-dim sf-clip">{title}</span>
        </span>
        <span className="sf-badges">
          {volume.name === image.volume ? <StatusBadge icon={IconArrowUpRight} word="original" tone="info" /> : null}
          {volume.system ? <StatusBadge icon={IconStar} word="system" tone="info" /> : null}
          {volume.removable ? <StatusBadge icon={IconUsb} word="removable" /> : null}
          <Verdict plan={plan} />
          <span className="sf-dim sf-small sf-clip">{plan?.value?.targetContent}</span>
        </span>
        {refusals.map((refusal) => (
          <span key={refusal.code} className="sf-small sf-dim">
            {refusal.text}
          </span>
        ))}
      </span>
    </label>
  );
}

interface ToFileProps {
  image: ImageSummary;
  choosing: boolean;
  setChoosing(choosing: boolean): void;
}

function ToFile({ image, choosing, setChoosing }: ToFileProps) {
  const { restore } = useStores();
  const target = useValue('restore', (state) => state.target);
  const plan = useValue('restore', (state) => (target ? state.plans[targetKey(target)] : undefined));
  const chosen = target?.kind === 'file';
  const suggested = `${(image.fsLabel || image.volume.split('/').at(-1) || 'volume').replace(/[^\w.-]+/g, '-')}.img`;
  if (choosing) {
    return (
      <PathChooser
        kind="file"
        newFileName={suggested}
        submitLabel="Use this file"
        onCancel={() => setChoosing(false)}
        onSubmit={(path) => {
          setChoosing(false);
          void restore.getState().chooseTarget({ kind: 'file', name: path });
        }}
      />
    );
  }
  return (
    <>
      <div className="sf-target" data-chosen={chosen || undefined}>
        <IconFile size={16} aria-hidden />
        <span className="sf-target-body">
          <span className="sf-target-line">
            {chosen ? <span className="sf-mono sf-clip">{target.name}</span> : 'A plain image file'}
          </span>
          <span className="sf-dim sf-small">
            Writes one file of {formatBytes(image.imageSize)}; free space takes no room in it.
          </span>
        </span>
        <Button variant="default" onClick={() => setChoosing(true)}>
          {chosen ? 'Change…' : 'Restore to a file…'}
        </Button>
      </div>
      {chosen && plan?.error ? <ErrorCard error={plan.error} /> : null}
      {chosen
        ? plan?.value?.refusals.map((refusal) => (
            <Notice key={refusal.code} tone="bad">
              <p>{refusal.text}</p>
            </Notice>
          ))
        : null}
    </>
  );
}

export function WhereStep({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const volumes = useValue('volumes', (state) => state.list.value);
  const state = useValue('restore', (each) => each);
  const [choosing, setChoosing] = useState(false);
  const candidates = useMemo(() => orderTargets(volumes, image), [volumes, image]);
  const plan = allowedPlan(state);

  useEffect(() => {
    void restore.getState().surveyTargets(candidates.map((volume) => volume.name));
  }, [restore, candidates]);

  const toFile = <ToFile image={image} choosing={choosing} setChoosing={setChoosing} />;
  // Choosing a file needs the whole dialog, and has buttons of its own.
  if (choosing) return toFile;
  return (
    <div className="sf-stack">
      <fieldset className="sf-targets">
        <legend>Target</legend>
        {candidates.map((volume) => (
          <Candidate
            key={volume.name}
            volume={volume}
            image={image}
            plan={state.plans[targetKey({ kind: 'volume', name: volume.name })]}
            chosen={state.target?.kind === 'volume' && state.target.name === volume.name}
            onChoose={() => void restore.getState().chooseTarget({ kind: 'volume', name: volume.name })}
          />
        ))}
      </fieldset>
      {toFile}
      {plan?.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          <p>{warning}</p>
        </Notice>
      ))}
      <div className="sf-button-row end">
        <Button variant="default" autoFocus onClick={() => restore.getState().goTo('what')}>
          Back
        </Button>
        <Button disabled={!plan} onClick={() => restore.getState().goTo('confirm')}>
          Next: confirm
        </Button>
      </div>
    </div>
  );
}
