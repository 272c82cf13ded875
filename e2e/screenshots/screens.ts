/** The screens of the tour: how to get to each on canned data. In English, because words are how they are found. */
import type { Page } from '@playwright/test';
import { policyScreens } from './policy-screens.ts';
import { backup, button, images, menu, type Screen, settle, view } from './steps.ts';

export type { Screen } from './steps.ts';

async function preferences(page: Page, tab: string): Promise<void> {
  await view(page, 'Preferences');
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
}

const TABS = [
  'General',
  'Repository',
  'Backup',
  'Snapshot',
  'Image-Snapshot',
  'Include-Exclude',
  'Authorization',
  'Performance',
  'Verification',
  'Notifications',
  'Regional Settings',
  'Appearance',
];

const preferenceScreens: Screen[] = TABS.map((tab) => ({
  name: `preferences-${tab.toLowerCase().replaceAll(/\W+/g, '-')}`,
  async go(page) {
    await preferences(page, tab);
    await settle(page);
  },
}));

/** In the order of the tour. */
export const SCREENS: readonly Screen[] = [
  { name: 'create-repository', host: ['absent'], go: settle },
  {
    name: 'recovery-key',
    host: ['absent'],
    async go(page) {
      await button(page, 'Create repository').click();
      await page.getByTestId('recovery-key').waitFor();
      await settle(page);
    },
  },
  {
    name: 'online-image-support',
    async go(page) {
      await menu(page, 'Utilities', 'Setup Wizard…');
      await button(page, 'Next').click();
      await button(page, 'Next').click();
      await page.getByRole('heading', { name: 'Help me configure Online Image Support' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'first-backup',
    async go(page) {
      await menu(page, 'Utilities', 'Setup Wizard…');
      for (let step = 0; step < 3; step += 1) await button(page, 'Next').click();
      await page.getByRole('heading', { name: 'Your first backup' }).waitFor();
      await settle(page);
    },
  },
  { name: 'open-repository', host: ['closed'], go: settle },
  { name: 'unreachable-repository', host: ['unreachable'], go: settle },
  { name: 'hub', go: settle },
  { name: 'hub-empty', host: ['--empty'], go: settle },
  {
    name: 'menu',
    async go(page) {
      await page.getByRole('menuitem', { name: 'View', exact: true }).click();
      await settle(page);
    },
  },
  {
    name: 'palette',
    async go(page) {
      await page.keyboard.press('Control+k');
      await settle(page);
    },
  },
  {
    name: 'backup',
    async go(page) {
      await backup(page, 'vg0-home');
      await settle(page);
    },
  },
  {
    name: 'backup-empty',
    host: ['--empty'],
    go: async (page) => {
      await view(page, 'Backup');
      await settle(page);
    },
  },
  {
    name: 'backup-options',
    async go(page) {
      await backup(page, 'vg0-home');
      await button(page, /^Options…/).click();
      await settle(page);
    },
  },
  {
    name: 'estimate',
    async go(page) {
      await backup(page, 'vg0-home', '/dev/sdb1');
      await page.getByRole('button', { name: 'Estimate', exact: true }).click();
      await page
        .getByRole('region', { name: 'Estimate' })
        .getByText(/^Reads /)
        .first()
        .waitFor();
      await settle(page);
    },
  },
  {
    name: 'running',
    host: ['--seconds=30'],
    async go(page) {
      await backup(page, 'vg0-home', '/dev/sdb1');
      await button(page, /^Back up 2 volumes/).click();
      await page.waitForTimeout(9000);
    },
  },
  {
    name: 'report',
    host: ['--seconds=2'],
    async go(page) {
      await backup(page, '/dev/sdc3');
      await button(page, /^Back up 1 volume/).click();
      await page
        .getByText(/Image stored/)
        .first()
        .waitFor();
      await settle(page);
    },
  },
  {
    name: 'restore',
    go: async (page) => {
      await images(page);
      await settle(page);
    },
  },
  {
    name: 'restore-calendar',
    async go(page) {
      await images(page);
      await page.getByText('Calendar', { exact: true }).click();
      await settle(page);
    },
  },
  {
    name: 'file-details',
    async go(page) {
      await images(page);
      await page.keyboard.press('Alt+Enter');
      await page.getByRole('dialog').getByText('Merkle root').waitFor();
      await settle(page);
    },
  },
  {
    name: 'compare',
    async go(page) {
      await images(page, 'home');
      await menu(page, 'View', 'Compare images…');
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'restore-where',
    async go(page) {
      await images(page);
      await button(page, 'Restore…').click();
      await button(page, 'Next: where').click();
      await settle(page);
    },
  },
  ...policyScreens,
  {
    name: 'activity',
    go: async (page) => {
      await view(page, 'Activity');
      await settle(page);
    },
  },
  {
    name: 'activity-run',
    async go(page) {
      await view(page, 'Activity');
      const runs = page.getByRole('grid', { name: 'Runs' });
      await runs.getByRole('row').filter({ hasText: 'Failed' }).first().click();
      await settle(page);
    },
  },
  {
    name: 'activity-weeks',
    async go(page) {
      await view(page, 'Activity');
      await page.getByText('By week', { exact: true }).first().click();
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'schedules',
    async go(page) {
      await menu(page, 'Utilities', 'Schedules…');
      await page.getByRole('list', { name: 'Schedules' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'schedule',
    async go(page) {
      await menu(page, 'Utilities', 'Schedules…');
      await button(page, 'Edit the schedule databases').click();
      await settle(page);
    },
  },
  {
    name: 'error-log',
    async go(page) {
      await menu(page, 'Utilities', 'View error log');
      await page.getByRole('dialog').waitFor();
      await settle(page);
    },
  },
  ...preferenceScreens,
];
