import type { Frame, FrameMeta } from '../query/frames';

import { readFrames } from './values';

const frame = (type: FrameMeta['type'], ...fields: Array<[string, unknown[], Record<string, string>?]>): Frame => ({
  schema: {
    meta: { type, typeVersion: [0, 1] },
    fields: fields.map(([name, , labels]) => ({
      name,
      type: name === 'time' ? 'time' : name === 'text' ? 'string' : 'number',
      typeInfo: { frame: 'float64', nullable: true },
      ...(labels && { labels }),
    })),
  },
  data: { values: fields.map(([, values]) => values) },
});

describe('frames of an answer', () => {
  it('of numbers are one value a frame, null where none is known', () => {
    const frames = [
      frame('numeric-multi', ['value', [3], { kpi: 'a' }]),
      frame('numeric-multi', ['text', ['x']], ['value', [null], { kpi: 'b' }], ['more', [1]]),
    ];
    expect(readFrames(frames)).toEqual({
      kind: 'values',
      values: [
        { kind: 'number', labels: { kpi: 'a' }, value: 3 },
        { kind: 'number', labels: { kpi: 'b' }, value: null },
      ],
    });
  });

  it('of time series are one series a value field', () => {
    const multi = frame('timeseries-multi', ['time', [1, 2]], ['value', [3, null], { kpi: 'a' }]);
    const wide = frame('timeseries-wide', ['time', [1]], ['low', [3]], ['high', [4]]);
    expect(readFrames([multi])).toEqual({
      kind: 'values',
      values: [{ kind: 'series', labels: { kpi: 'a' }, points: [3, null] }],
    });
    expect(readFrames([wide])).toMatchObject({ values: [{ points: [3] }, { points: [4] }] });
  });

  it('are no data when there are none, or one without fields', () => {
    expect(readFrames([])).toEqual({ kind: 'no data' });
    expect(readFrames([frame('numeric-multi')])).toEqual({ kind: 'no data' });
  });

  it('of a table are an error that says what to do', () => {
    expect(readFrames([frame('table', ['text', ['x']])])).toMatchObject({
      kind: 'error',
      error: { message: expect.stringContaining('format: numeric') },
    });
  });
});
