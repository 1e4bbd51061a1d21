import { serve, type Served } from './testing';

let served: Served;
const get = (url: string, headers: Record<string, string> = {}) => served.app.inject({ method: 'GET', url, headers });
const HTML = { accept: 'text/html,*/*' };

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

describe('the page', () => {
  it.each(['/', '/dashboards', '/d/kpi-overview', '/d/kpi-overview/overview', '/a/kpimonitor-test-app/kpis/revenue'])(
    'is served at %s',
    async (url) => {
      const answer = await get(url, HTML);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('<div id="root">');
      expect(answer.body).toContain('/public/build/main-1.js');
    }
  );

  it('may run and load nothing but its own, and be framed by nobody', async () => {
    const policy = (await get('/', HTML)).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('is what a person gets at a wrong address, and a program gets a coded error', async () => {
    expect(await get('/nowhere', HTML)).toMatchObject({ statusCode: 404, body: expect.stringContaining('root') });
    expect((await get('/nowhere')).json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is told the catalogue, the plugins and the data source', async () => {
    const { body, headers } = await get('/public/facts.js');
    expect(headers['cache-control']).toBe('no-store');
    const facts = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
    expect(facts).toMatchObject({
      version: '1.2.3',
      catalogue: { demo: false, asOf: 'clock' },
      datasources: [{ uid: 'kpi', type: 'kpimonitor-kpi-datasource', isDefault: true }],
      plugins: {
        panels: [
          {
            id: 'kpimonitor-test-panel',
            baseUrl: '/public/plugins/kpimonitor-test-panel',
            module: expect.stringMatching(/^\/public\/plugins\/kpimonitor-test-panel\/module\.js\?_cache=\w+$/),
          },
        ],
        apps: [
          {
            id: 'kpimonitor-test-app',
            includes: [{ type: 'page', path: '/a/kpimonitor-test-app/kpis', addToNav: true }],
          },
        ],
      },
    });
  });
});

describe('files', () => {
  it('come compressed, to be kept for ever where their name changes with their content', async () => {
    const answer = await get('/public/build/main-1.js', { 'accept-encoding': 'gzip' });
    expect(answer.body).toBe('compressed');
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  it('of plugins are served as they were built, but no programs', async () => {
    expect((await get('/public/plugins/kpimonitor-test-panel/module.js?_cache=1')).body).toBe('define([], () => ({}))');
    expect((await get('/public/plugins/kpimonitor-test-panel/gpx_secret_linux_amd64')).statusCode).toBe(404);
  });

  it.each([
    '/public/build/../../../../secret.txt',
    '/public/build/%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt',
    '/secret.txt',
  ])('outside of the served folders are not reached by %s', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('not to be served');
  });
});

describe('dashboards', () => {
  it('are listed with their folders, as Grafana lists them', async () => {
    expect((await get('/api/search')).json()).toEqual([
      expect.objectContaining({ uid: 'kpi-overview', title: 'Overview', url: '/d/kpi-overview/overview' }),
      expect.objectContaining({ uid: 'own' }),
      expect.objectContaining({ uid: 'money', url: '/d/money/what-we-earn', folderTitle: 'By category' }),
    ]);
  });

  it('are found by words of the title and by tags', async () => {
    const uids = async (url: string) => (await get(url)).json().map(({ uid }: { uid: string }) => uid);
    expect(await uids('/api/search?query=EARN')).toEqual(['money']);
    expect(await uids('/api/search?tag=kpi-monitor')).toEqual(['kpi-overview']);
  });

  it('are answered by uid, and a wrong one is a coded error', async () => {
    expect((await get('/api/dashboards/uid/kpi-overview')).json()).toMatchObject({
      dashboard: { title: 'Overview' },
      meta: { provisioned: true, url: '/d/kpi-overview/overview' },
    });
    const wrong = await get('/api/dashboards/uid/none');
    expect(wrong.statusCode).toBe(404);
    expect(wrong.json()).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('`none`') });
  });
});

describe('the data source', () => {
  it('answers its resources from the engine', async () => {
    const answer = await get('/api/datasources/uid/kpi/resources/catalogue');
    expect(answer.json().kpis).toEqual([expect.objectContaining({ id: 'revenue' })]);
  });

  it('says that it is well in the words of Grafana', async () => {
    expect((await get('/api/datasources/uid/kpi/health')).json()).toMatchObject({ status: 'OK' });
  });

  it('answers queries', async () => {
    const answer = await served.app.inject({
      method: 'POST',
      url: '/api/ds/query?ds_type=kpimonitor-kpi-datasource&requestId=SQR100',
      payload: { queries: [{ refId: 'A', v: 1, type: 'status', select: {} }], from: 'now-1y', to: 'now' },
    });
    expect(answer.json().results.A.frames).toHaveLength(1);
  });
});

describe('collecting', () => {
  it('is told of: how many sources there are and were read', async () => {
    expect((await get('/api/collection')).json()).toEqual({ total: 1, read: 0, failing: [], catalogueProblems: [] });
  });
});
