import { readArguments } from './arguments';

describe('arguments', () => {
  it('serve this machine on port 3000 when none are given', () => {
    expect(readArguments([])).toEqual({ host: '127.0.0.1', port: 3000, help: false });
  });

  it('are read in both forms', () => {
    expect(readArguments(['--port=0', '--host', '::1', '--catalogue', 'examples/us-employment'])).toEqual({
      host: '::1',
      port: 0,
      catalogue: 'examples/us-employment',
      help: false,
    });
  });

  it.each([['--port', 'eighty'], ['--port', '70000'], ['--prot', '80'], ['kpis']])('refuse %s %s', (...argv) => {
    expect(() => readArguments(argv)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});
