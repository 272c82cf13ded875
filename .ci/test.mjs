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
// From here on one after the other: suites share the processors, and the loop devices of this machine.
take(await nativeCore(8 * MINUTE));
take(await vitest('unit and integration', 'unit', 10 * MINUTE));
take(await vitest('system', 'system', 12 * MINUTE));
take(await insideUserModeLinux(12 * MINUTE));
take(await windowInChromium(10 * MINUTE));
take(await windowInElectron(8 * MINUTE));
conclude(outcomes);
