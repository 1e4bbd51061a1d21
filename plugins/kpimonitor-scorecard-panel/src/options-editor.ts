import type { PanelOptionsEditorBuilder, SelectableValue } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Detail, DETAILS, type ScorecardOptions } from './options';

function detailWord(detail: Detail): string {
  switch (detail) {
    case 'change':
      return t('options.detail.change', 'Change');
    case 'gap':
      return t('options.detail.gap', 'Distance to target');
    case 'outlook':
      return t('options.detail.outlook', 'Outlook');
    case 'bullet':
      return t('options.detail.bullet', 'Bullet bar');
    case 'sparkline':
      return t('options.detail.sparkline', 'Sparkline');
    case 'age':
      return t('options.detail.age', 'Age of the data');
    case 'owner':
      return t('options.detail.owner', 'Owner');
    case 'definition':
      return t('options.detail.definition', 'Definition');
  }
}

/** The editor's types ask for lists of lists here, though each choice is one value. */
function detailChoice(detail: Detail): SelectableValue {
  return { value: detail, label: detailWord(detail) };
}

export function buildOptions(builder: PanelOptionsEditorBuilder<ScorecardOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: t('options.view', 'View'),
      defaultValue: DEFAULTS.view,
      settings: {
        options: [
          { value: 'cards', label: t('options.cards', 'Cards') },
          { value: 'table', label: t('options.table', 'Table') },
          { value: 'heatmap', label: t('options.heatmap', 'Heat map') },
        ],
      },
    })
    .addSelect({
      path: 'sortBy',
      name: t('options.sort', 'Sort by'),
      defaultValue: DEFAULTS.sortBy,
      settings: {
        options: [
          { value: 'worst', label: t('options.worst', 'Worst first') },
          { value: 'name', label: t('options.name', 'Name') },
          { value: 'category', label: t('options.category', 'Category') },
          { value: 'change', label: t('options.change', 'Change, what got worse first') },
        ],
      },
    })
    .addRadio({
      path: 'groupBy',
      name: t('options.group', 'Group by'),
      defaultValue: DEFAULTS.groupBy,
      settings: {
        options: [
          { value: 'none', label: t('options.ungrouped', 'Nothing') },
          { value: 'category', label: t('options.category', 'Category') },
          { value: 'owner', label: t('options.owner', 'Owner') },
        ],
      },
    })
    .addMultiSelect({
      path: 'show',
      name: t('options.show', 'Show'),
      description: t('options.show-hint', 'What has no room in a small panel is left out, the sparkline first.'),
      defaultValue: DEFAULTS.show,
      settings: { options: DETAILS.map(detailChoice) },
      showIf: ({ view }) => view !== 'heatmap',
    })
    .addRadio({
      path: 'cardSize',
      name: t('options.size', 'Size of cards'),
      defaultValue: DEFAULTS.cardSize,
      settings: {
        options: [
          { value: 'small', label: t('options.small', 'Small') },
          { value: 'medium', label: t('options.medium', 'Medium') },
          { value: 'large', label: t('options.large', 'Large') },
        ],
      },
      showIf: ({ view }) => view === 'cards',
    })
    .addBooleanSwitch({
      path: 'onlyProblems',
      name: t('options.problems', 'Only what needs attention'),
      description: t('options.problems-hint', 'Leaves out what is normal.'),
      defaultValue: DEFAULTS.onlyProblems,
    })
    .addBooleanSwitch({
      path: 'compact',
      name: t('options.compact', 'Short numbers'),
      description: t('options.compact-hint', '$1.2M instead of $1,204,110. The tooltip has the whole number.'),
      defaultValue: DEFAULTS.compact,
    })
    .addTextInput({
      path: 'detailUid',
      name: t('options.detail-uid', 'Dashboard of details'),
      description: t(
        'options.detail-uid-hint',
        'Uid of the dashboard that a KPI opens, with the KPI in its variable kpi. A data link of the data comes first.'
      ),
      defaultValue: DEFAULTS.detailUid,
    });
}
