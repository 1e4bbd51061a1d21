import { archiveRanges, fixedRange } from './archive';

const NOW = Date.UTC(2015, 11, 1);

describe('time in an archive', () => {
  it('is counted back from its newest period', () => {
    expect(fixedRange({ from: 'now-12M/M', to: 'now' }, NOW, 'utc')).toEqual({
      from: '2014-12-01T00:00:00.000Z',
      to: '2015-12-01T00:00:00.000Z',
    });
  });

  it('stays what it is when it is absolute', () => {
    const range = { from: '2010-01-01T00:00:00.000Z', to: '2010-12-31T00:00:00.000Z' };
    expect(fixedRange(range, NOW, 'utc')).toEqual(range);
  });

  it('is offered in years that end with the archive', () => {
    expect(archiveRanges(NOW, 'utc')[1]).toEqual({
      from: '2013-12-01T00:00:00.000Z',
      to: '2015-12-01T00:00:00.000Z',
      display: 'Last 2 years of the archive',
    });
  });
});
