import { DashboardPage } from '../pages/dashboard-page';
import { Scorecard } from '../pages/scorecard';
import { launchBrowser, openPage } from '../support/browser';
import { startStandalone } from '../support/standalone';

it('a page whose server has gone says so in every panel, instead of showing old or no values', async () => {
  const [standalone, browser] = await Promise.all([startStandalone(), launchBrowser()]);
  try {
    await standalone.collected();
    const { page } = await openPage(browser);
    const dashboard = new DashboardPage(page, standalone.url);
    await dashboard.open('kpi-overview');
    const attention = dashboard.panel('What needs attention?');
    await new Scorecard(attention).cards().first().waitFor();
    await standalone.stop();
    await page.getByTestId(/RefreshPicker run button/).click();
    await attention.getByText(/KPI Monitor does not answer/).waitFor();
    await dashboard
      .panel('Is Revenue on its target path?')
      .getByText(/KPI Monitor does not answer/)
      .waitFor();
  } finally {
    await browser.close();
    await standalone.stop();
  }
});
