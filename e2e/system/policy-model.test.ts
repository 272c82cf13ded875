/**
 * Random operations on a repository, compared after each of them with a simple model: what policy says must be restorable
 * is restorable bit for bit, nothing else is kept, and restic finds no fault. `STILLFRAME_OPERATIONS` says how many
 * (npm run soak: 300), `STILLFRAME_SEED` which.
 */
import { expect, test } from 'vitest';
import { seeded } from '#engine/testing/seeded.ts';
import { ModelRun } from '../model/model-run.ts';
import { STEPS, type Step } from '../model/steps.ts';

const OPERATIONS = Number(process.env.STILLFRAME_OPERATIONS ?? 10);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);

const FIRST_POLICY = {
  defaultClass: 'STANDARD',
  graceRetention: 20,
  classes: [
    {
      name: 'STANDARD',
      description: '',
      backup: {
        verExists: 2,
        verDeleted: 1,
        retExtra: 30,
        retOnly: 60,
        mode: 'modified' as const,
        serialization: 'shrstatic' as const,
        changingRetries: 0,
      },
    },
  ],
};

function chosen(random: () => number): Step {
  let at = random() * STEPS.reduce((sum, { weight }) => sum + weight, 0);
  for (const step of STEPS) {
    at -= step.weight;
    if (at < 0) return step;
  }
  throw new Error('there are no steps');
}

test(`${OPERATIONS} random operations leave what policy says, and nothing else`, {
  timeout: 24 * 3_600_000,
}, async () => {
  const random = seeded(SEED);
  await using run = await ModelRun.create({ random, volumes: 3, set: FIRST_POLICY });
  const counts = new Map<string, number>();
  let kills = 0;
  for (let operation = 0; operation < OPERATIONS; operation++) {
    const step = chosen(random);
    run.log.push(`-- ${operation}: ${step.name}`);
    try {
      const killed = await step.take(run);
      if (killed) kills++;
      await run.compare(killed);
    } catch (error) {
      console.log(`seed ${SEED}, operation ${operation}:\n${run.log.slice(-40).join('\n')}`);
      throw error;
    }
    counts.set(step.name, (counts.get(step.name) ?? 0) + 1);
  }
  expect(run.log.length).toBeGreaterThan(0);
  const figures = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  console.log(`model: ${OPERATIONS} operations, ${kills} killed, seed ${SEED}: ${figures}`);
});
