/** Breaches of WCAG 2.1 A and AA in parts of a page, found by axe. */
import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: Array<{ html: string; any: Array<{ message: string }> }>;
}

/** @param parts CSS selectors; what they do not match is not looked at */
export async function breaches(page: Page, parts: string[]): Promise<string[]> {
  // Evaluated and not loaded: the page's policy allows no foreign script.
  await page.evaluate(AXE);
  const found = await page.evaluate(async (include) => {
    const { axe } = window as unknown as { axe: { run(what: object, how: object): Promise<{ violations: unknown }> } };
    return (await axe.run({ include }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })).violations;
  }, parts);
  return (found as Violation[]).flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 160)}`)
  );
}
