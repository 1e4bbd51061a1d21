/** The CPU time of a plugin's own functions in a page. */
import type { Page } from 'playwright-core';

interface Profile {
  nodes: Array<{ id: number; callFrame: { url: string }; children?: number[] }>;
  samples: number[];
  timeDeltas: number[];
}

/**
 * Begins to watch a page.
 * @param module part of the address of the plugin's `module.js`
 * @returns what ends it, and gives milliseconds of samples with a function of the module on their stack
 */
export async function startProfile(page: Page, module: string): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  return async () => {
    const { profile } = (await session.send('Profiler.stop')) as { profile: Profile };
    const inside = new Set<number>();
    const byId = new Map(profile.nodes.map((node) => [node.id, node]));
    const mark = (id: number, within: boolean) => {
      const node = byId.get(id)!;
      const isInside = within || node.callFrame.url.includes(module);
      if (isInside) {
        inside.add(id);
      }
      node.children?.forEach((child) => mark(child, isInside));
    };
    mark(profile.nodes[0]!.id, false);
    return profile.samples.reduce((sum, id, i) => sum + (inside.has(id) ? profile.timeDeltas[i]! : 0), 0) / 1000;
  };
}
