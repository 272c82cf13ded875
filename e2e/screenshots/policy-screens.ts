/** Screens of policy: classes, retention, deletion, expiration, pruning. */
import { button, images, menu, type Screen, settle } from './steps.ts';

export const policyScreens: Screen[] = [
  {
    name: 'policy',
    async go(page) {
      await menu(page, 'Utilities', 'View Policy Information…');
      await page.getByRole('table', { name: 'Management classes' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'policy-class',
    async go(page) {
      await menu(page, 'Utilities', 'View Policy Information…');
      await button(page, 'Edit CRITICAL').click();
      await settle(page);
    },
  },
  {
    name: 'policy-saved',
    async go(page) {
      await menu(page, 'Utilities', 'View Policy Information…');
      await button(page, 'Edit STANDARD').click();
      await page.getByRole('textbox', { name: 'Versions exist' }).fill('1');
      await button(page, 'Take over').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/is in force$/).waitFor();
      await settle(page);
    },
  },
  {
    name: 'policy-history',
    async go(page) {
      await menu(page, 'Utilities', 'View Policy Information…');
      await page.getByText('History', { exact: true }).click();
      await settle(page);
    },
  },
  {
    name: 'retention',
    async go(page) {
      await images(page, 'home');
      await settle(page);
    },
  },
  {
    name: 'delete-backup',
    async go(page) {
      await images(page);
      await menu(page, 'Actions', 'Delete backup…');
      await settle(page);
    },
  },
  {
    name: 'expire',
    async go(page) {
      await menu(page, 'Actions', 'Expire…');
      await page.getByRole('dialog').getByRole('status').waitFor();
      await settle(page);
    },
  },
  {
    name: 'expired',
    host: ['--seconds=2'],
    async go(page) {
      await menu(page, 'Actions', 'Expire…');
      await button(page, /^Remove/).click();
      const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'Expiration' }).first();
      await run.filter({ hasText: 'Completed' }).click();
      await settle(page);
    },
  },
  {
    name: 'reclaim-space',
    async go(page) {
      await menu(page, 'Actions', 'Reclaim space…');
      await button(page, /^Free/).waitFor();
      await settle(page);
    },
  },
];
