/** The scorecard panel: one card a KPI, which says itself in a sentence. */
import type { Locator } from 'playwright-core';

export class Scorecard {
  constructor(private readonly panel: Locator) {}

  cards(): Locator {
    return this.panel.locator('[data-row]');
  }

  card(kpi: string): Locator {
    return this.panel.locator(`[data-row="${kpi}/"]`);
  }

  /** What a screen reader says of each card: name, status, value and period … */
  async spoken(): Promise<Map<string, string>> {
    const said = await this.cards().evaluateAll((cards) =>
      cards.map((card) => [card.getAttribute('data-row')!.split('/')[0]!, card.getAttribute('aria-label')!] as const)
    );
    return new Map(said);
  }
}
