import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { type CorrelationOptions, DEFAULTS } from './options';

export function buildOptions(builder: PanelOptionsEditorBuilder<CorrelationOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: t('options.view', 'View'),
      description: t('options.view-hint', 'The first one shown; a viewer can turn to the other.'),
      defaultValue: DEFAULTS.view,
      settings: {
        options: [
          { value: 'matrix', label: t('options.matrix', 'Matrix') },
          { value: 'ranked', label: t('options.ranked', 'Ranked') },
        ],
      },
    })
    .addTextInput({
      path: 'kpi',
      name: t('options.kpi', 'KPI of the ranked list'),
      description: t(
        'options.kpi-hint',
        'Id of a KPI, or a dashboard variable such as $kpi. Without one, the KPI that moves with most others.'
      ),
      defaultValue: DEFAULTS.kpi,
    })
    .addTextInput({
      path: 'detailUid',
      name: t('options.detail-uid', 'Dashboard of details'),
      description: t(
        'options.detail-uid-hint',
        'Uid of the dashboard that the name of a KPI opens, with the KPI in its variable kpi.'
      ),
      defaultValue: DEFAULTS.detailUid,
    });
}
