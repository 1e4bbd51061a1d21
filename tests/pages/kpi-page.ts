/** The app's page of one KPI, as a person uses it. */
import type { Locator, Page } from 'playwright-core';

export class KpiPage {
  readonly form: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string
  ) {
    this.form = page.getByRole('form', { name: 'Change it' });
  }

  async open(kpi: string): Promise<void> {
    await this.page.goto(`${this.url}/a/kpimonitor-kpi-app/kpis/${kpi}`);
    await this.form.waitFor();
    await this.preview.getByRole('img').waitFor();
  }

  get preview(): Locator {
    return this.page.getByRole('region', { name: 'Preview on the last year' });
  }

  get history(): Locator {
    return this.page.getByRole('region', { name: 'What was changed here' });
  }

  field(name: string): Locator {
    return this.form.getByRole('textbox', { name });
  }

  async give(reason: string): Promise<void> {
    await this.form.getByRole('textbox', { name: /^Reason/ }).fill(reason);
  }

  /** @param period words of the choice: "the newest that is judged" */
  async holdFrom(period: string): Promise<void> {
    await this.form.getByRole('radio', { name: period }).check({ force: true });
  }

  async save(): Promise<void> {
    await this.form.getByRole('button', { name: /^Save/ }).click();
  }
}
