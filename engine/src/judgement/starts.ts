/** Days from which a change can sensibly hold. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import { firstDay } from '@kpi-monitor/model/judgement/references';
import type { JudgementStart } from '@kpi-monitor/model/query/judgement-answer';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Period, periodAt, step } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';
import { answerStatus } from '../queries/status';

/** The starts of the period whose status is shown, of the open one and of the next, earliest first. */
export async function startsOf(kpi: Kpi, open: Period, context: Context): Promise<JudgementStart[]> {
  const { calendar } = context;
  const query = { v: 1, refId: 'starts', type: 'status', select: { kpis: [kpi.id] }, format: 'table' } as const;
  const [table] = await answerStatus({ ...query, select: { kpis: [kpi.id] } }, context);
  const column = table!.schema.fields.findIndex(({ name }) => name === 'period');
  const shown = table!.data.values[column]?.[0] as number | null | undefined;
  const start = (is: JudgementStart['is'], period: Period): JudgementStart => ({
    is,
    from: isoDate(firstDay(period, calendar)),
    periodText: formatPeriod(period.start, period.grain, calendar),
  });
  const judged = shown === null || shown === undefined ? null : periodAt(shown, kpi.judge.at, calendar);
  return [
    ...(judged && judged.start < open.start ? [start('judged', judged)] : []),
    start('open', open),
    start('next', step(open, 1)),
  ];
}
