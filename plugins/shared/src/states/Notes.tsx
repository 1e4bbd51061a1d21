import { LoadingState, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';

import { type Failure, failuresOf } from './failures';
import { Note } from './Note';

/** What failed or is doubtful, above the values that are there all the same. */
export function Notes({ data, notices }: { data: PanelData; notices: readonly string[] }) {
  const failures = failuresOf(data);
  return (
    <>
      {failures.length > 0 && (
        <Note mark="critical" role="alert" title={t('state.partial', 'Part of this could not be read')}>
          <Failures failures={failures} />
        </Note>
      )}
      {notices.map((notice) => (
        <Note key={notice} mark="warning" title={notice} />
      ))}
    </>
  );
}

/** What a panel says that has no values at all. */
export function NoValues({ data }: { data: PanelData }) {
  const failures = failuresOf(data);
  if (failures.length > 0 || data.state === LoadingState.Error) {
    return (
      <Note mark="critical" role="alert" isWhole title={t('state.error', 'The KPIs could not be read')}>
        <Failures failures={failures} />
      </Note>
    );
  }
  if (data.state === LoadingState.Loading || data.state === LoadingState.NotStarted) {
    return <Note isWhole title={t('state.loading', 'Reading the KPIs …')} />;
  }
  return (
    <Note mark="no_data" isWhole title={t('state.empty', 'No KPI answers this query')}>
      {t('state.empty-remedy', 'Choose other KPIs or another category in the query, or a time range that has values.')}
    </Note>
  );
}

function Failures({ failures }: { failures: Failure[] }) {
  return (
    <>
      {failures.map(({ code, text }) => (
        <div key={code + text}>
          {text} {code && <code>{code}</code>}
        </div>
      ))}
    </>
  );
}
