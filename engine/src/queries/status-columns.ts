/** The columns of the frame `status`, in order, with what core panels need to show them well. */
import { LEVEL_COLORS } from '@kpi-monitor/model/judgement/levels';
import type { StatusRow, ValueMapping } from '@kpi-monitor/model/query/frames';
import { LEVELS, type Status, STATUS_TEXT, STATUSES } from '@kpi-monitor/model/status';

import { detailLink, HIDDEN, levelMapping, PER_CENT } from '../frames/field-config';
import type { Columns } from '../frames/table';

/** What is not a level is neither good nor bad: it has no colour of its own. */
const colorOf = (status: Status): string => LEVEL_COLORS[LEVELS.indexOf(status as never)] ?? 'text';

const statusMapping: ValueMapping = {
  type: 'value',
  options: Object.fromEntries(
    STATUSES.map((status, index) => [status, { text: STATUS_TEXT[status], color: colorOf(status), index }])
  ),
};

const COLUMNS: Columns<StatusRow> = {
  kpi: 'string',
  name: { type: 'string', config: { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] } },
  category: 'string',
  categoryName: { type: 'string', config: { displayName: 'Category' } },
  tier: 'string',
  owner: { type: 'string', config: { displayName: 'Owner' } },
  grain: 'string',
  slice: 'string',
  unit: 'string',
  decimals: 'number',
  direction: 'string',

  value: 'number',
  valueText: { type: 'string', config: { displayName: 'Value' } },
  level: { type: 'number', config: { mappings: [levelMapping()] } },
  status: { type: 'string', config: { displayName: 'Status', mappings: [statusMapping] } },
  freshness: 'string',
  reason: { type: 'string', config: { displayName: 'Reason' } },
  life: 'string',
  missing: 'number',
  period: 'time',
  periodText: { type: 'string', config: { displayName: 'Period' } },
  since: 'time',
  sinceText: { type: 'string', config: { displayName: 'Since' } },
  boundaries: 'json',

  target: 'number',
  targetText: { type: 'string', config: { displayName: 'Target' } },
  targetMet: { type: 'boolean', config: { displayName: 'Target met' } },
  attainment: { type: 'number', config: { displayName: 'Of target', unit: PER_CENT, decimals: 0 } },
  gapText: { type: 'string', config: { displayName: 'Gap' } },

  change: 'number',
  changeText: { type: 'string', config: { displayName: 'Change' } },
  changeSignal: 'string',
  changeSense: 'string',
  changeSign: 'number',
  comparisonText: { type: 'string', config: { displayName: 'Compared' } },

  outlook: 'string',
  outlookText: { type: 'string', config: { displayName: 'Outlook' } },
  soFar: 'number',
  soFarText: { type: 'string', config: { displayName: 'So far' } },
  landing: 'number',
  landingText: { type: 'string', config: { displayName: 'Landing' } },
  paceNow: 'number',
  openTarget: 'number',
  openTargetText: { type: 'string', config: { displayName: 'Target of the open period' } },
  openBoundaries: 'json',
  openPeriod: 'time',
  openPeriodText: { type: 'string', config: { displayName: 'Open period' } },
  paceBasis: 'string',

  spark: 'json',
  dataUntil: 'time',
  overdue: { type: 'number', config: { unit: 'ms' } },
  ageText: { type: 'string', config: { displayName: 'Age' } },
  restatedText: 'string',
  source: { type: 'string', config: { displayName: 'Source' } },
  definition: { type: 'string', config: { displayName: 'Definition' } },
};

/**
 * Columns without a name for people are for programs (and for those who ask for them): a table leaves them out, which
 * would else be fifty columns wide.
 */
export const STATUS_COLUMNS = Object.fromEntries(
  Object.entries(COLUMNS).map(([name, column]) => {
    const { type, config } = typeof column === 'string' ? { type: column, config: undefined } : column;
    return [name, { type, config: config?.displayName ? config : { ...config, ...HIDDEN } }];
  })
) as Columns<StatusRow>;
