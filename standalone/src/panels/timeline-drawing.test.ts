import { runsOf } from './timeline-drawing';

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
