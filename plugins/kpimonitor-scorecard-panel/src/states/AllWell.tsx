import { t } from '@grafana/i18n';
import { Note } from '@kpi-monitor/plugin-shared/states/Note';

/** What a panel of problems says when there is none. */
export function AllWell({ count }: { count: number }) {
  return (
    <Note mark="normal" isWhole title={t('state.all-well', 'Nothing needs attention')}>
      {t('state.all-well-count', 'KPIs that are normal: {{count}}', { count })}
    </Note>
  );
}
