import { sparkGeometry } from './sparkline';

const spark = (values: Array<number | null>) => ({ times: values.map((_, i) => i), values });

describe('a sparkline', () => {
  it('runs from the lowest value at the bottom to the highest at the top', () => {
    expect(sparkGeometry(spark([10, 20, 30]), null)).toEqual({
      path: 'M0 100L50 50L100 0',
      last: { x: 100, y: 0 },
      targetY: null,
    });
  });

  it('breaks where a value is missing, and keeps a lonely one as a dot', () => {
    expect(sparkGeometry(spark([0, 10, null, 5, null, 10]), null)?.path).toBe('M0 100L20 0M60 50h0M100 0h0');
  });

  it('marks the last known value, not the last place', () => {
    expect(sparkGeometry(spark([0, 10, null]), null)?.last).toEqual({ x: 50, y: 0 });
  });

  it('shows a target that is near, and none that would flatten the line', () => {
    expect(sparkGeometry(spark([0, 10]), 15)).toMatchObject({ targetY: 0, last: { y: 33.3 } });
    expect(sparkGeometry(spark([0, 10]), 1000)).toMatchObject({ targetY: null, last: { y: 0 } });
  });

  it('is level when nothing changes', () => {
    expect(sparkGeometry(spark([5, 5, 5]), null)).toMatchObject({ path: 'M0 50L50 50L100 50' });
    expect(sparkGeometry(spark([0, 0]), 0)).toMatchObject({ targetY: 50 });
  });

  it('is none for fewer than two values', () => {
    expect(sparkGeometry(spark([]), 1)).toBeNull();
    expect(sparkGeometry(spark([null, 3, null]), 1)).toBeNull();
  });
});
