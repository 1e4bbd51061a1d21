import { booleanField, jsonField, numberField, stringField, timeField } from './field';
import { emptyFrame, numericFrame, tableFrame, withNotices } from './frame';

const saying = { meta: { answer: 'series', asOf: 0, zone: 'UTC' } };

describe('frames', () => {
  it('hold no number that JSON has no word for', () => {
    const { values } = numberField('value', [1, NaN, Infinity, -Infinity, null]);
    expect(JSON.stringify(values)).toBe('[1,null,null,null,null]');
    expect(timeField('time', [NaN]).values).toEqual([null]);
  });

  it("name their types as Grafana's Go SDK does", () => {
    const columns = [
      timeField('t', []),
      numberField('n', []),
      stringField('s', []),
      booleanField('b', []),
      jsonField('j', []),
    ];
    expect(columns.map(({ field }) => [field.type, field.typeInfo.frame, field.typeInfo.nullable])).toEqual([
      ['time', 'time.Time', true],
      ['number', 'float64', true],
      ['string', 'string', true],
      ['boolean', 'bool', true],
      ['other', 'json.RawMessage', true],
    ]);
  });

  it('say of an empty answer what kind it would have been', () => {
    expect(emptyFrame('numeric-multi', saying)).toEqual({
      schema: { meta: { type: 'numeric-multi', typeVersion: [0, 1], custom: saying.meta }, fields: [] },
      data: { values: [] },
    });
  });

  it('carry notices once, on the first frame, without touching what was given', () => {
    const frame = numericFrame('a', numberField('value', [1]), saying);
    const noticed = withNotices([frame, frame], [{ severity: 'info', text: 'x' }]);
    expect(noticed.map((one) => one.schema.meta!.notices?.length)).toEqual([1, undefined]);
    expect(frame.schema.meta!.notices).toBeUndefined();
    expect(withNotices([])).toEqual([]);
  });

  it('keep columns and values in step', () => {
    const frame = tableFrame('t', [stringField('a', ['x']), numberField('b', [1])], saying);
    expect(frame.schema.fields.map((field) => field.name)).toEqual(['a', 'b']);
    expect(frame.data.values).toEqual([['x'], [1]]);
  });
});
