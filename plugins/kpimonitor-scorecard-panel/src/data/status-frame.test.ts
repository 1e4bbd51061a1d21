import { createDataFrame, createTheme, type DataFrame, FieldType } from '@grafana/data';
import { rank } from '@kpi-monitor/model/status';

import { statusFrame } from '../fixtures/frames';
import { COMPANY, statusRow } from '../fixtures/rows';

import { readScorecard } from './scorecard';
import { isStatusFrame, statusRows } from './status-frame';

const theme = createTheme();

/** As JSON columns arrive where nothing parsed them. */
function withJsonAsText(frame: DataFrame): DataFrame {
  const fields = frame.fields.map((field) =>
    ['spark', 'boundaries', 'openBoundaries'].includes(field.name)
      ? { ...field, values: field.values.map((value: unknown) => JSON.stringify(value)) }
      : field
  );
  return { ...frame, fields };
}

describe('the rows of a status table', () => {
  it('come out as the engine put them in', () => {
    expect(statusRows(statusFrame(COMPANY))).toEqual(COMPANY.map((row) => ({ ...row, href: undefined })));
  });

  it('are the same when JSON columns arrive as text', () => {
    expect(statusRows(withJsonAsText(statusFrame(COMPANY)))).toEqual(statusRows(statusFrame(COMPANY)));
  });

  it('stand without the columns that are missing', () => {
    const frame = createDataFrame({
      fields: [
        { name: 'kpi', type: FieldType.string, values: ['revenue', 'quality', 'roi'] },
        { name: 'value', type: FieldType.number, values: [812_400, null, 20] },
        { name: 'level', type: FieldType.number, values: [2, null, null] },
      ],
    });
    expect(isStatusFrame(frame)).toBe(true);
    expect(statusRows(frame).map(({ name, status, valueText }) => [name, status, valueText])).toEqual([
      ['revenue', 'critical', '812,400'],
      ['quality', 'no_data', '–'],
      ['roi', 'not_judged', '20'],
    ]);
  });

  it('are judged by level and freshness when the status is a word that is not known', () => {
    const odd = { ...statusRow({ level: 1, freshness: 'late' }), status: 'splendid' as never };
    expect(statusRows(statusFrame([odd]))[0]!.status).toBe('late');
  });

  it('outlive a sparkline that is not one', () => {
    const frame = statusFrame([statusRow()]);
    frame.fields.find((field) => field.name === 'spark')!.values = ['{broken'];
    expect(statusRows(frame)[0]!.spark).toEqual({ times: [], values: [] });
  });
});

describe('the scorecard of several frames', () => {
  it('gives every row the same status in whatever order frames and rows come', () => {
    const statuses = (frames: DataFrame[]) =>
      new Map(readScorecard(frames, theme).rows.map((row) => [row.kpi, row.status]));
    const forwards = statuses([statusFrame(COMPANY.slice(0, 8)), statusFrame(COMPANY.slice(8))]);
    const backwards = statuses([
      statusFrame([...COMPANY.slice(8)].reverse()),
      statusFrame([...COMPANY.slice(0, 8)].reverse()),
    ]);
    expect([...backwards].sort()).toEqual([...forwards].sort());
  });

  it('keeps the keys of one KPI in two answers apart', () => {
    const { rows } = readScorecard([statusFrame([statusRow()]), statusFrame([statusRow({ level: 2 })])], theme);
    expect(new Set(rows.map((row) => row.key)).size).toBe(2);
  });

  it('says once what the frames say about themselves', () => {
    const first = statusFrame([statusRow()], { demo: true, asOf: 1000, zone: 'Europe/Berlin' });
    const notices = [
      { severity: 'warning' as const, text: 'the source crm is late' },
      { severity: 'info' as const, text: 'cached' },
    ];
    first.meta = { ...first.meta, notices };
    const second = { ...statusFrame([statusRow({ kpi: 'roi' })]), meta: { notices } };
    expect(readScorecard([first, second], theme)).toMatchObject({
      provenance: { isDemo: true, isArchive: false, asOf: 1000, zone: 'Europe/Berlin' },
      notices: ['the source crm is late'],
    });
  });

  it('is empty for no frames and for frames without rows', () => {
    expect(readScorecard([], theme).rows).toEqual([]);
    expect(readScorecard([statusFrame([])], theme).rows).toEqual([]);
    expect(readScorecard([createDataFrame({ fields: [] })], theme).rows).toEqual([]);
  });
});

it('ranks no data and late above a warning, as the model says', () => {
  const words = COMPANY.map((row) => row.status).sort((a, b) => rank(a) - rank(b));
  expect(words.slice(0, 6)).toEqual(['emergency', 'critical', 'late', 'no_data', 'warning', 'warning']);
});
