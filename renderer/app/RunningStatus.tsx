/** What runs, in one line: how many tasks, how far all of them are, how fast, and the course of it. */
import { useEffect, useRef, useState } from 'react';
import type { TaskSnapshot } from '#contract';
import { Sparkline } from '../components/Sparkline.tsx';
import { formatPercent, formatRate } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';
import { TASK_KIND_WORDS } from '../i18n/words.ts';
import { isFinished, overallPart } from '../stores/task-runs.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

/** One a second. */
const SAMPLES = 40;

/** Bytes a second, the larger of reading and storing of each task. */
function rateOf(tasks: readonly TaskSnapshot[]): number {
  return tasks.reduce((sum, { progress }) => sum + Math.max(progress?.readRate ?? 0, progress?.storeRate ?? 0), 0);
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

/** `part`: how far all of them are, 0 to 1. */
function Running({ tasks, part }: { tasks: readonly TaskSnapshot[]; part: number }) {
  const { tasks: store } = useStores();
  const rate = rateOf(tasks);
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
      <span className="sf-status-number">{formatPercent(part, 1)}</span>
      <span className="sf-status-rate">{formatRate(rate)}</span>
      <Sparkline values={course} capacity={SAMPLES} width={72} height={14} />
    </button>
  );
}

export function RunningStatus() {
  const tasks = useValue('tasks', (state) => state.tasks);
  const running = tasks.filter((task) => !isFinished(task));
  // The same number as everywhere else: what waits counts, too.
  const part = overallPart(tasks);
  if (part === null) return <span>{t('shell:status.idle')}</span>;
  return <Running tasks={running} part={part} />;
}
