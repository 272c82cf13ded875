#!/usr/bin/env node
/** Every suite. The last line is `N passed, N failed`, with `, N skipped` behind it where something was skipped. */
import { nativeCore } from './suites/native.mjs';
import { windowInChromium, windowInElectron } from './suites/playwright.mjs';
import { conclude, show } from './suites/report.mjs';
import { lint, typeChecks } from './suites/static.mjs';
import { insideUserModeLinux } from './suites/uml.mjs';
import { vitest } from './suites/vitest.mjs';

const MINUTE = 60_000;

const outcomes = [];
const take = (one) => {
  show(one);
  outcomes.push(one);
};
await Promise.all([...typeChecks(), lint()].map((pending) => pending.then(take)));
/**
 * System tests that count what is left behind on this machine, which every start of an engine cleans up, or make
 * partitions, which the window would list: nothing else may run meanwhile.
 */
const ALONE = ['kills', 'partitions', 'snapshot-kills', 'snapshots'].map((name) => `e2e/system/${name}`);

// From here on one after the other, where a suite uses every processor.
take(await nativeCore(8 * MINUTE));
take(await vitest('unit and integration', 'unit', 10 * MINUTE));
take(await vitest('system, alone', 'system', 10 * MINUTE, ALONE));
take(await insideUserModeLinux(12 * MINUTE));
// A window and a backup mostly wait for each other, for the disk and for the clock.
const others = ALONE.map((path) => `--exclude=${path}*`);
await Promise.all(
  [vitest('system', 'system', 12 * MINUTE, others), windowInChromium(12 * MINUTE)].map((pending) => pending.then(take)),
);
take(await windowInElectron(8 * MINUTE));
conclude(outcomes);
