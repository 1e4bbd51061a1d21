import { createServer } from 'node:net';

import { startStandalone } from '../support/standalone';

describe('the process', () => {
  it('serves pages at once, while history is still being read, and ends when told to', async () => {
    const standalone = await startStandalone();
    const page = await fetch(standalone.url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await standalone.stop()).toBe(0);
    await expect(fetch(standalone.url)).rejects.toThrow();
  });

  it('says that a port is taken, and what to do', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((next) => holder.once('listening', next));
    const { port } = holder.address() as { port: number };
    const start = startStandalone({ args: ['--port', String(port)] });
    await expect(start).rejects.toThrow(`port ${port} is taken`);
    await expect(start).rejects.toThrow(`npm start -- --port ${port + 1}`);
    holder.close();
  });

  it('does not open itself to other machines without a token', async () => {
    await expect(startStandalone({ args: ['--host', '0.0.0.0'] })).rejects.toThrow(/ACCESS_TOKEN.*KPI_TOKEN/s);
  });

  it('names the mistakes of a catalogue with file and line', async () => {
    const start = startStandalone({ args: ['--catalogue', 'nowhere'] });
    await expect(start).rejects.toThrow(/CONFIG_FILE: the catalogue folder .*nowhere does not exist/);
  });
});
