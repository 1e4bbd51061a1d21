/** How long a newcomer waits: from starting the built standalone on an empty folder to the first card on the page. */
import { launchBrowser, openPage } from '../../tests/support/browser';
import { startStandalone } from '../../tests/support/standalone';

import { type BenchOptions, type Finding, ms } from './measure';

export async function benchStart({ smoke }: BenchOptions): Promise<Finding[]> {
  const browser = await launchBrowser();
  const times: number[] = [];
  try {
    for (let run = 0; run < (smoke ? 1 : 5); run++) {
      const began = performance.now();
      const standalone = await startStandalone();
      const { page } = await openPage(browser);
      await page.goto(standalone.url);
      await page.locator('[data-row]').first().waitFor();
      times.push(performance.now() - began);
      await page.context().close();
      await standalone.stop();
    }
  } finally {
    await browser.close();
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  return [{ what: "standalone's start on an empty folder to the first card", value: ms(median) }];
}
