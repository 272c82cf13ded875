/** How a person works the window: with the mouse, or with the keyboard alone. Journeys are told once and run with both. */
import type { Locator, Page } from '@playwright/test';

export interface Hands {
  readonly kind: 'mouse' | 'keyboard';
  /** Presses a button, a tab, a menu entry, a row. */
  press(target: Locator): Promise<void>;
  /** Ticks a checkbox or chooses a radio button. */
  choose(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
  /** Makes a row the current one. */
  point(row: Locator): Promise<void>;
  /** Ticks the row of a tree. */
  tickRow(row: Locator): Promise<void>;
}

export function mouse(): Hands {
  return {
    kind: 'mouse',
    press: (target) => target.click(),
    choose: async (target) => {
      // Where a control is drawn by its label alone, people press that.
      if (await target.isVisible()) await target.check();
      else await target.locator('xpath=following-sibling::label').click();
    },
    type: (target, text) => target.fill(text),
    point: (row) => row.click(),
    tickRow: (row) => row.getByRole('checkbox').check(),
  };
}

/** More stops than any screen has. */
const MOST_STOPS = 120;
const MOST_STEPS = 400;

/** Parts that the tab key enters once and in which the arrow keys move. */
const COMPOSITES =
  '[role=radiogroup],[role=grid],[role=treegrid],[role=tablist],[role=menu],[role=menubar],[role=listbox]';

/** The keyboard alone: Tab to get there, arrows inside lists, Enter and Space to act. Fails where that does not work. */
export function keyboard(page: Page): Hands {
  const has = (target: Locator): Promise<boolean> =>
    target.evaluate((node) => node === document.activeElement || node.contains(document.activeElement));
  const isInComposite = (target: Locator): Promise<boolean> =>
    target.evaluate((node, composites) => {
      const around = node.closest(composites) ?? node.closest('fieldset');
      return around?.contains(document.activeElement) ?? false;
    }, COMPOSITES);

  /** Arrow keys until the target has the focus. */
  async function walk(target: Locator): Promise<boolean> {
    // In a menu bar the arrows down and up open a menu.
    const along = ['ArrowRight', 'ArrowLeft'];
    const isBar = await target.evaluate((node) => node.closest('[role=menu],[role=menubar]')?.role === 'menubar');
    for (const key of isBar ? along : ['ArrowDown', 'ArrowUp', ...along]) {
      let before = '';
      for (let step = 0; step < MOST_STEPS; step += 1) {
        if (await has(target)) return true;
        await page.keyboard.press(key);
        const now = await page.evaluate(() => {
          const { activeElement } = document;
          // A virtual list moves the row under the same element.
          const at = [...document.querySelectorAll('*')].indexOf(activeElement ?? document.body);
          return `${at} ${activeElement?.getAttribute('aria-rowindex')}`;
        });
        if (now === before) break;
        before = now;
      }
    }
    return has(target);
  }

  async function reach(target: Locator): Promise<void> {
    // A radio button may be drawn by its label alone.
    await target.waitFor({ state: 'attached' });
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await has(target)) return;
      if ((await isInComposite(target)) && (await walk(target))) return;
      await page.keyboard.press('Tab');
      await expectFocus(page);
    }
    throw new Error(`the keyboard does not get to ${target}`);
  }

  return {
    kind: 'keyboard',
    async press(target) {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    async choose(target) {
      await reach(target);
      // Arrow keys choose radio buttons while they move.
      if (!(await target.isChecked())) await page.keyboard.press('Space');
    },
    async type(target, text) {
      await reach(target);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
    async point(row) {
      await reach(row);
      await page.keyboard.press('Space');
    },
    async tickRow(row) {
      await reach(row);
      if (!(await row.getByRole('checkbox').isChecked())) await page.keyboard.press('Space');
    },
  };
}

/** The focus is somewhere that can be seen; the end of the page hands it to the browser's own frame for one stop. */
async function expectFocus(page: Page): Promise<void> {
  const lost = await page.evaluate(() => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return '';
    const labels = activeElement instanceof HTMLInputElement ? [...(activeElement.labels ?? [])] : [];
    const isDrawn = (node: HTMLElement): boolean => {
      const box = node.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && getComputedStyle(node).visibility !== 'hidden';
    };
    return [activeElement, ...labels].some(isDrawn) ? '' : activeElement.outerHTML.slice(0, 200);
  });
  if (lost !== '') throw new Error(`the focus is on something that cannot be seen: ${lost}`);
}
