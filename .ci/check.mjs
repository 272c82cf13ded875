#!/usr/bin/env node
/** The quick verdict while working: types, lint and format, layers and unit tests. */
import { conclude, show } from './suites/report.mjs';
import { lint, typeChecks } from './suites/static.mjs';
import { vitest } from './suites/vitest.mjs';

const TEN_MINUTES = 600_000;

const outcomes = [];
const take = (one) => {
  show(one);
  outcomes.push(one);
};
await Promise.all([...typeChecks(), lint()].map((pending) => pending.then(take)));
take(await vitest('unit and layers', 'unit', TEN_MINUTES));
conclude(outcomes);
