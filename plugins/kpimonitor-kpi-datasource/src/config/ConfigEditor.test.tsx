import type { DataSourceSettings } from '@grafana/data';
import '@testing-library/jest-dom';

import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';

import type { KpiOptions, KpiSecrets } from '../datasource';

import { ConfigEditor } from './ConfigEditor';

type Settings = DataSourceSettings<KpiOptions, KpiSecrets>;

function configure(settings: Partial<Settings>) {
  let now = { url: '', jsonData: {}, secureJsonFields: {}, readOnly: false, ...settings } as Settings;
  function Page() {
    const [options, setOptions] = useState(now);
    return <ConfigEditor options={options} onOptionsChange={(next) => setOptions((now = next as Settings))} />;
  }
  render(<Page />);
  return () => now;
}

it('takes the address, and the token as a secret', async () => {
  const settings = configure({});
  await userEvent.type(screen.getByLabelText(/^URL/), 'http://engine:8484');
  await userEvent.type(screen.getByLabelText(/^Token/), 'abc');
  expect(settings()).toMatchObject({ url: 'http://engine:8484', secureJsonData: { token: 'abc' }, jsonData: {} });
});

it('shows a stored token to nobody, and lets it be replaced', async () => {
  const settings = configure({ secureJsonFields: { token: true } });
  expect(screen.getByLabelText(/^Token/)).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: /Reset/ }));
  await userEvent.type(screen.getByLabelText(/^Token/), 'new');
  expect(settings()).toMatchObject({ secureJsonData: { token: 'new' }, secureJsonFields: { token: false } });
});

it('leaves provisioned settings alone', () => {
  configure({ url: 'http://engine:8484', readOnly: true, secureJsonFields: { token: true } });
  expect(screen.getByLabelText(/^URL/)).toBeDisabled();
  expect(screen.getByLabelText(/^Token/)).toBeDisabled();
  expect(screen.queryByRole('button', { name: /Reset/ })).not.toBeInTheDocument();
});
