/** The live block map of a backup, which can be folded away; the choice holds for every task. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { TaskSnapshot } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { TaskBlocksPanel } from '../blocks/TaskBlocksPanel.tsx';

export function BlocksFold({ task }: { task: TaskSnapshot }) {
  const { tasks } = useStores();
  const open = useValue('tasks', (state) => state.blocksOpen);
  const content = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className="sf-blocks-fold">
      <button
        type="button"
        className="sf-fold"
        aria-expanded={open}
        aria-controls={open ? content : undefined}
        aria-label={t('running:blocks.named', { subject: task.subject })}
        onClick={() => tasks.getState().showBlocks(!open)}
      >
        <Chevron size={14} aria-hidden />
        {t('running:blocks.title')}
      </button>
      {open ? (
        <div id={content}>
          <TaskBlocksPanel taskId={task.id} />
        </div>
      ) : null}
    </div>
  );
}
