import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type ForecastOptions, type History } from './options';

const PERIODS: readonly History[] = [12, 24, 36, 60, 90, 180, 365];

export function buildOptions(builder: PanelOptionsEditorBuilder<ForecastOptions>): void {
  builder
    .addRadio({
      path: 'bands',
      name: t('options.bands', 'Bands'),
      description: t('options.bands-hint', 'Where the value will be with a likelihood of 50 % and of 90 %.'),
      defaultValue: DEFAULTS.bands,
      settings: {
        options: [
          { value: 'both', label: t('options.bands-both', '50 % and 90 %') },
          { value: '90', label: t('options.bands-90', '90 %') },
          { value: 'none', label: t('options.bands-none', 'None') },
        ],
      },
    })
    .addSelect<History, { options: Array<{ value: History; label: string }> }>({
      path: 'history',
      name: t('options.history', 'Periods of history'),
      description: t(
        'options.history-hint',
        'Automatic shows as many as let the forecast be seen; all are those of the time range.'
      ),
      defaultValue: DEFAULTS.history,
      settings: {
        options: [
          { value: 'auto', label: t('options.history-auto', 'Automatic') },
          { value: 'all', label: t('options.history-all', 'All') },
          ...PERIODS.map((value) => ({ value, label: String(value) })),
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showTarget',
      name: t('options.target', 'Target'),
      defaultValue: DEFAULTS.showTarget,
    })
    .addBooleanSwitch({
      path: 'showThresholds',
      name: t('options.thresholds', 'Thresholds'),
      description: t('options.thresholds-hint', 'Those of the open period, where they hold.'),
      defaultValue: DEFAULTS.showThresholds,
    })
    .addBooleanSwitch({
      path: 'showMarks',
      name: t('options.marks', 'Unusual values and new levels'),
      defaultValue: DEFAULTS.showMarks,
    })
    .addSelect({
      path: 'columns',
      name: t('options.columns', 'Columns'),
      defaultValue: DEFAULTS.columns,
      settings: {
        options: [
          { value: 0, label: t('options.columns-auto', 'Automatic') },
          ...[1, 2, 3, 4, 5, 6].map((value) => ({ value, label: String(value) })),
        ],
      },
    })
    .addTextInput({
      path: 'detailUid',
      name: t('options.detail-uid', 'Dashboard of details'),
      description: t(
        'options.detail-uid-hint',
        'Uid of the dashboard that the name of a KPI opens where its data has no link, with the KPI in its variable kpi.'
      ),
      defaultValue: DEFAULTS.detailUid,
    });
}
