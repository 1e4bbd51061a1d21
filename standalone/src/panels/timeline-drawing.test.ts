import { createDataFrame, createTheme, dateTime, FieldType, getDisplayProcessor } from '@grafana/data';

import { runsOf, timelineConfig } from './timeline-drawing';

describe('runs of a timeline', () => {
  const times = [10, 20, 30, 40, 50];

  it('join equal states and end where the next begins', () => {
    expect(runsOf(times, ['a', 'a', 'b', 'b', 'a'])).toEqual([
      { from: 10, to: 30, value: 'a' },
      { from: 30, to: 50, value: 'b' },
      { from: 50, to: null, value: 'a' },
    ]);
  });

  it('end at a null, after which nothing is known', () => {
    expect(runsOf(times, [0, 0, null, 1, null])).toEqual([
      { from: 10, to: 30, value: 0 },
      { from: 40, to: 50, value: 1 },
    ]);
  });

  it('go on over moments at which only other series have values', () => {
    expect(runsOf(times, [0, undefined, undefined, 1, undefined])).toEqual([
      { from: 10, to: 40, value: 0 },
      { from: 40, to: null, value: 1 },
    ]);
  });

  it('stay apart when they are not to be joined', () => {
    expect(runsOf([10, 20], ['a', 'a'], false)).toHaveLength(2);
  });
});

it('draws the states that a refresh has brought, not those that the chart was made with', () => {
  const theme = createTheme();
  const frame = createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [0, 50] },
      { name: 'state', type: FieldType.string, values: ['normal', 'normal'] },
    ],
  });
  frame.fields.forEach((field) => (field.display = getDisplayProcessor({ field, theme })));
  const [from, to] = [dateTime(0), dateTime(100)];
  const builder = timelineConfig({
    ...{ frame, theme, timeZone: 'utc', getTimeRange: () => ({ from, to, raw: { from, to } }) },
    options: { mergeValues: true, showValue: 'always', rowHeight: 0.9, alignValue: 'left' },
  });
  const written: string[] = [];
  const nothing = () => undefined;
  const pen = { fillText: (text: string) => written.push(text), measureText: () => ({ width: 1 }) };
  const plot = {
    ctx: new Proxy(pen, { get: (target, name) => target[name as keyof typeof pen] ?? nothing }),
    bbox: { left: 0, top: 0, width: 100, height: 20 },
    scales: { x: { max: 100 } },
    valToPos: (time: number) => time,
    data: [
      [0, 50],
      ['normal', 'critical'],
    ],
  };
  for (const hook of builder.getConfig().hooks!.draw!) {
    hook!(plot as never);
  }
  expect(written).toEqual(['normal', 'critical']);
});
