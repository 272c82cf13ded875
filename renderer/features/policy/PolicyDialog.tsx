/** Utilities → View Policy Information: management classes, what they mean, who is bound to them, and their history. */
import './policy.css';
import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Policy, PolicySet } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { classNamed, policyChanges, STANDARD_GROUP } from '../../stores/policy-draft.ts';
import { shownSet } from '../../stores/policy-store.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { editId } from './ClassActions.tsx';
import { ClassEditor } from './ClassEditor.tsx';
import { ClassTable, type EditedClass } from './ClassTable.tsx';
import { ClosePolicyDialog } from './ClosePolicyDialog.tsx';
import { ConflictNotice } from './ConflictNotice.tsx';
import { DoubtNotice } from './DoubtNotice.tsx';
import { GraceField } from './GraceField.tsx';
import { PolicyChangeBar } from './PolicyChangeBar.tsx';
import { PolicyHistory } from './PolicyHistory.tsx';
import { SavedNotice } from './SavedNotice.tsx';
import { useBoundVolumes } from './use-bound-volumes.ts';

type Tab = 'classes' | 'history';

const NEW_ID = 'new-class';
const NEW_CLASS = { name: '', description: '', backup: STANDARD_GROUP };

function inForceWords(policy: Policy, now: number): string {
  if (policy.version === 0) return t('policy:inForce.standard');
  return t('policy:inForce.saved', {
    version: policy.version,
    ago: policy.savedAt === undefined ? '?' : relativeTime(policy.savedAt, now),
    by: policy.savedBy ?? '?',
  });
}

function Classes({ set, onEdit }: { set: PolicySet; onEdit(edited: EditedClass): void }) {
  const { policy } = useStores();
  const bound = useBoundVolumes();
  return (
    <>
      <ClassTable set={set} bound={bound} onEdit={onEdit} />
      <div className="sf-policy-foot">
        <GraceField set={set} onChange={(next) => policy.getState().edit(next)} />
        <Button
          id={NEW_ID}
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => onEdit({ start: NEW_CLASS, original: null })}
        >
          {t('policy:actions.add')}
        </Button>
      </div>
      <PolicyChangeBar bound={bound} />
      <DoubtNotice />
    </>
  );
}

function Content({ edited, setEdited }: { edited: EditedClass | null; setEdited(next: EditedClass | null): void }) {
  const { policy } = useStores();
  const { value, error } = useValue('policy', (state) => state.policy);
  const set = useValue('policy', shownSet);
  const [tab, setTab] = useState<Tab>('classes');
  const now = useNow();

  /** Back to the table, where the keyboard goes on. */
  function closeEditor(name: string | null): void {
    setEdited(null);
    setTimeout(() => document.getElementById(name === null ? NEW_ID : editId(name))?.focus());
  }

  if (!value || !set) {
    if (!error) return <SkeletonRows label={t('policy:loading')} />;
    const again = (
      <Button variant="default" onClick={() => void policy.getState().refresh()}>
        {t('common:tryAgain')}
      </Button>
    );
    return <ErrorCard error={error} action={again} />;
  }
  if (edited) {
    const isSaved = edited.original !== null && classNamed(value.set, edited.original) !== undefined;
    return (
      <ClassEditor
        edited={edited}
        set={set}
        isSaved={isSaved}
        onClose={() => closeEditor(edited.original)}
        onApply={(next) => {
          policy.getState().edit(next);
          closeEditor(edited.original);
        }}
      />
    );
  }
  return (
    <div className="sf-policy">
      <div className="sf-button-row">
        <SegmentedControl
          size="xs"
          className="sf-segments"
          aria-label={t('policy:tabs.label')}
          data={(['classes', 'history'] as const).map((each) => ({ value: each, label: t(`policy:tabs.${each}`) }))}
          value={tab}
          onChange={(next) => setTab(next === 'history' ? 'history' : 'classes')}
        />
        <span className="sf-small sf-dim">{inForceWords(value, now)}</span>
      </div>
      <ConflictNotice />
      <SavedNotice />
      {tab === 'classes' ? <Classes set={set} onEdit={setEdited} /> : <PolicyHistory />}
    </div>
  );
}

export function PolicyDialog() {
  const { policy, retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'policy');
  const changes = useValue('policy', ({ draft, policy: { value } }) =>
    draft && value ? policyChanges(value.set, draft).length : 0,
  );
  const [edited, setEdited] = useState<EditedClass | null>(null);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (!opened) return;
    void policy.getState().refresh();
    void retention.getState().refresh();
  }, [opened, policy, retention]);
  useEffect(() => {
    if (changes === 0) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [changes]);

  function close(): void {
    policy.getState().putAway();
    setEdited(null);
    setAsking(false);
    ui.getState().closeDialog();
  }

  return (
    <>
      <Modal
        opened={opened}
        onClose={() => {
          // The class that is typed goes first; then what was taken over is asked about.
          if (edited) setEdited(null);
          // The Escape that asks would answer, too, if it were still under way.
          else if (changes > 0) setTimeout(() => setAsking(true));
          else close();
        }}
        title={t('policy:title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size={1080}
      >
        {/* Whatever had the focus and goes leaves it here, not behind the dialog. */}
        <div tabIndex={-1} className="sf-policy-content">
          <Content edited={edited} setEdited={setEdited} />
        </div>
      </Modal>
      <ClosePolicyDialog opened={asking} changes={changes} onStay={() => setAsking(false)} onLeave={close} />
    </>
  );
}
