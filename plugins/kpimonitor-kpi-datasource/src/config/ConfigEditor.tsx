import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Field, FieldSet, Input, SecretInput } from '@grafana/ui';
import type { ChangeEvent } from 'react';

import type { KpiOptions, KpiSecrets } from '../datasource';

type Props = DataSourcePluginOptionsEditorProps<KpiOptions, KpiSecrets>;

/** Where the engine is and how Grafana proves itself to it. */
export function ConfigEditor({ options, onOptionsChange }: Props) {
  const { url, jsonData, secureJsonData, secureJsonFields, readOnly } = options;
  const withToken = (token: string, isSet: boolean) =>
    onOptionsChange({
      ...options,
      secureJsonData: { ...secureJsonData, token },
      secureJsonFields: { ...secureJsonFields, token: isSet },
    });
  return (
    <FieldSet label="KPI engine">
      <p>
        The engine is the service that knows what each KPI means. Start it with <code>kpi run</code>; it prints its
        address. Grafana&apos;s server talks to it, not your browser.
      </p>
      <Field label="URL" description="As Grafana's server reaches it." required>
        <Input
          id="kpi-engine-url"
          width={60}
          value={url ?? ''}
          placeholder="http://127.0.0.1:8484"
          disabled={readOnly}
          onChange={(event: ChangeEvent<HTMLInputElement>) => onOptionsChange({ ...options, url: event.target.value })}
        />
      </Field>
      <Field
        label="Token"
        description="One of the engine's tokens, with the scopes read, write and act-as. It is stored encrypted and cannot be read again."
      >
        {readOnly ? (
          <Input id="kpi-engine-token" width={60} disabled value={secureJsonFields?.token ? 'configured' : ''} />
        ) : (
          <SecretInput
            id="kpi-engine-token"
            width={60}
            isConfigured={Boolean(secureJsonFields?.token)}
            value={secureJsonData?.token ?? ''}
            placeholder="token"
            autoComplete="off"
            onReset={() => withToken('', false)}
            onChange={(event: ChangeEvent<HTMLInputElement>) => withToken(event.target.value, false)}
          />
        )}
      </Field>
      <Field label="Wait at most" description="Seconds until an answer is given up; 30 when empty.">
        <Input
          id="kpi-engine-timeout"
          type="number"
          min={1}
          max={600}
          width={16}
          suffix="s"
          value={jsonData.timeout ?? ''}
          disabled={readOnly}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            const timeout = Number(event.target.value);
            onOptionsChange({ ...options, jsonData: { ...jsonData, timeout: timeout > 0 ? timeout : undefined } });
          }}
        />
      </Field>
    </FieldSet>
  );
}
