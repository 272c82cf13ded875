/** What runs, in one line: how many tasks, how far all of them are, how fast, and the course of it. */
import { useEffect, useRef, useState } from 'react';
import type { TaskSnapshot } from '#contract';
import { Sparkline } from '../components/Sparkline.tsx';
import { formatPercent, formatRate } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';
import { TASK_KIND_WORDS } from '../i18n/words.ts';
import { isFinished } from '../stores/tasks-store.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

/** One a second. */
const SAMPLES = 40;

interface Work {
  done: number;
  total: number;
  /** Bytes a second, the larger of reading and storing of each task. */
  rate: number;
}

function workOf(tasks: readonly TaskSnapshot[]): Work {
  const work = { done: 0, total: 0, rate: 0 };
  for (const { progress } of tasks) {
    if (!progress) continue;
    work.done += progress.bytesDone;
    work.total += progress.bytesTotal;
    work.rate += Math.max(progress.readRate, progress.storeRate);
  }
  return work;
}

/** The last values of a number that changes, one a second. */
function useCourse(value: number): readonly number[] {
  const latest = useRef(value);
  const [course, setCourse] = useState<readonly number[]>([]);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => setCourse((before) => [...before.slice(1 - SAMPLES), latest.current]), 1000);
    return () => clearInterval(timer);
  }, []);
  return course;
}

function Running({ tasks }: { tasks: readonly TaskSnapshot[] }) {
  const { tasks: store } = useStores();
  const { done, total, rate } = workOf(tasks);
  const course = useCourse(rate);
  const names = tasks.map(({ kind, subject }) => t('shell:status.taskOf', { kind: TASK_KIND_WORDS[kind], subject }));
  return (
    <button
      type="button"
      className="sf-status-button"
      title={[...names, t('shell:status.showTasks')].join('\n')}
      onClick={() => store.getState().showList(true)}
    >
      <span className="sf-nowrap">{t('shell:status.running', { count: tasks.length })}</span>
      <span className="sf-status-number">{formatPercent(done, total)}</span>
      <span className="sf-status-rate">{formatRate(rate)}</span>
      <Sparkline values={course} capacity={SAMPLES} width={72} height={14} />
    </button>
  );
}

export function RunningStatus() {
  const tasks = useValue('tasks', (state) => state.tasks);
  const running = tasks.filter((task) => !isFinished(task));
  return running.length === 0 ? <span>{t('shell:status.idle')}</span> : <Running tasks={running} />;
}
