/** A chart in a panel, under a hand with a mouse. */
import type { Locator, Page } from 'playwright-core';

import { until } from '../support/until';

export class Chart {
  constructor(
    private readonly page: Page,
    private readonly panel: Locator
  ) {}

  /** Moves to a place at fractions of the plot, which is scrolled to first. */
  async pointAt(x: number, y = 0.5, steps = 1): Promise<void> {
    const plot = this.panel.locator('.u-over').first();
    const box = await until('a plot in sight', async () => {
      await plot.scrollIntoViewIfNeeded();
      return plot.boundingBox();
    });
    await this.page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps });
  }

  /**
   * Points near a place until all of these stand in the tooltip. A hand is never quite still: a chart that is drawn anew
   * beneath a resting pointer learns of it with the next move.
   */
  async tells(texts: readonly RegExp[], x: number, y?: number): Promise<void> {
    let moves = 0;
    await until(`a tooltip with ${texts.join(' and ')}`, async () => {
      await this.pointAt(x + 0.002 * (moves++ % 20), y, 4);
      return came(Promise.all(texts.map((text) => this.tooltip(text).waitFor({ timeout: 2000 }))));
    });
  }

  /** A text of what is told of the place under the pointer. */
  tooltip(text: RegExp): Locator {
    return this.page.locator('#grafana-portal-container').getByText(text).first();
  }

  /** Drags from one place to another until that has brought the page to another address. */
  async drag(from: number, to: number, isThere: () => boolean): Promise<void> {
    const { page } = this;
    await until('another address', async () => {
      await this.pointAt(from);
      await page.mouse.down();
      await this.pointAt(to, undefined, 5);
      await page.mouse.up();
      return came(page.waitForFunction(isThere, undefined, { timeout: 10_000 }));
    });
  }
}

const came = (waiting: Promise<unknown>) =>
  waiting.then(
    () => true,
    () => false
  );
