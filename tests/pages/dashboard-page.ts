/** A dashboard as a viewer sees it, in standalone and in Grafana alike. */
import type { Locator, Page, Request } from 'playwright-core';

import { until } from '../support/until';

export class DashboardPage {
  /** questions of panels that are not answered yet */
  private readonly asked = new Set<Request>();

  constructor(
    readonly page: Page,
    private readonly url: string
  ) {
    page.on('request', (request) => request.url().includes('/api/ds/query') && this.asked.add(request));
    page.on('requestfinished', (request) => this.asked.delete(request));
    page.on('requestfailed', (request) => this.asked.delete(request));
  }

  /** Opens a dashboard and waits until its panels have their answers. */
  async open(uid: string, params: Record<string, string> = {}): Promise<void> {
    const query = new URLSearchParams(params).toString();
    await this.page.goto(`${this.url}/d/${uid}${query ? `?${query}` : ''}`);
    await this.settled();
  }

  /** Asks everything anew, without moving the pointer. */
  async refresh(): Promise<void> {
    await this.page.getByTestId(/RefreshPicker run button/).dispatchEvent('click');
    await this.settled();
  }

  /** Until no panel waits for an answer or shows that it is loading, in three looks one after the other. */
  async settled(): Promise<void> {
    await this.page
      .getByTestId(/Panel header/)
      .first()
      .waitFor();
    let calm = 0;
    await until('answers to all panels', async () => {
      const loading = await this.page.getByLabel('Panel loading bar').count();
      calm = loading === 0 && this.asked.size === 0 ? calm + 1 : 0;
      return calm === 3;
    });
  }

  panel(title: string): Locator {
    return this.page.getByTestId(`data-testid Panel header ${title}`);
  }

  /** The address's parameters. */
  get params(): URLSearchParams {
    return new URL(this.page.url()).searchParams;
  }

  /** Picks a value of a variable by its label. */
  async choose(label: string, value: string): Promise<void> {
    const control = this.page.getByTestId(`data-testid Dashboard template variables submenu Label ${label}`);
    await control.locator('xpath=..').getByRole('combobox').click();
    await this.page.getByRole('option', { name: value, exact: true }).click();
    await this.settled();
  }

  /** Until nothing of the page lies beyond the right edge of the window. */
  async fits(): Promise<void> {
    await this.page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  }
}
