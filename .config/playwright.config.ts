/** The window's tests: the same specs in Chromium against the web host and, where its binary is present, in Electron. */
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const top = resolve(import.meta.dirname, '..');
const MINUTE = 60_000;

export default defineConfig({
  testDir: resolve(top, 'e2e/specs'),
  outputDir: resolve(top, 'test-results'),
  // One story after the other: each needs loop devices and both processors.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 3 * MINUTE,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.STILLFRAME_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // Specs are told apart by `testInfo.project.name` in their driver only. `.ci/test.mjs` runs `electron` where the
  // binary is present and counts its tests as skipped where it is not.
  projects: [{ name: 'web' }, { name: 'electron' }],
});
