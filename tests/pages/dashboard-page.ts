/** A dashboard as a viewer sees it, in standalone and in Grafana alike. */
import type { Locator, Page } from 'playwright-core';

export class DashboardPage {
  constructor(
    readonly page: Page,
    private readonly url: string
  ) {}

  /** Opens a dashboard and waits until its panels have their answers. */
  async open(uid: string, params: Record<string, string> = {}): Promise<void> {
    const query = new URLSearchParams(params).toString();
    await this.page.goto(`${this.url}/d/${uid}${query ? `?${query}` : ''}`);
    await this.settled();
  }

  /** Until no panel shows that it is loading. */
  async settled(): Promise<void> {
    await this.page
      .getByTestId(/Panel header/)
      .first()
      .waitFor();
    await this.page.waitForFunction(
      () => document.querySelectorAll('[aria-label="Panel loading bar"]').length === 0,
      undefined,
      { polling: 100 }
    );
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

  async widthOverflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
