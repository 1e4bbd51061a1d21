/** @jest-environment jsdom */
import '../scripts/jest/jsdom.cjs';

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readCatalogueFolder } from '@kpi-monitor/cli/compose/catalogue-folder';
import { type Catalogue, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { readQuery } from '@kpi-monitor/model/query/query-schema';
import { VARIABLE_TYPES } from '@kpi-monitor/standalone/dashboard/variables';
import { CORE_PANELS } from '@kpi-monitor/standalone/panels/core';

import { interpolate } from '../plugins/kpimonitor-kpi-datasource/src/query/interpolate';
import { upgrade } from '../plugins/kpimonitor-kpi-datasource/src/query/upgrade';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'dashboards');

interface Link {
  type?: string;
  url?: string;
  tags?: string[];
}
interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { uid: string };
  targets?: Array<Record<string, unknown> & { refId: string; datasource: { uid: string } }>;
  options: { detailUid?: string };
  fieldConfig?: { overrides: Array<{ properties: Array<{ id: string }> }> };
}
interface Included {
  includes?: Array<{ path?: string }>;
}
interface Variable {
  name: string;
  type: string;
  current: { value: string };
  datasource?: { uid: string };
}
interface Dashboard {
  uid: string;
  title: string;
  tags: string[];
  timezone: string;
  links: Link[];
  panels: Panel[];
  templating: { list: Variable[] };
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Dashboard;
const dashboards = files.map((name): [string, Dashboard] => [name, read(name)]);
const uids = dashboards.map(([, { uid }]) => uid);

/** Ids of our own panels: folders under `plugins/` whose plugin.json is of type panel. */
const ownPanels = readdirSync(join(ROOT, 'plugins')).filter((id) => {
  const path = join(ROOT, 'plugins', id, 'src/plugin.json');
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { type: string }).type === 'panel';
});

/** Addresses of the pages that our apps bring. */
const appPages = readdirSync(join(ROOT, 'plugins')).flatMap((id) => {
  const path = join(ROOT, 'plugins', id, 'src/plugin.json');
  const { includes = [] } = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Included) : {};
  return includes.flatMap((include) => (include.path ? [include.path] : []));
});

/** The dashboard's variables at the values that they begin with. */
const templates = ({ templating }: Dashboard) => ({
  replace: (text = '') =>
    text.replace(/\$\{?(\w+)(?::\w+)?\}?/g, (whole, name: string) => {
      return templating.list.find((variable) => variable.name === name)?.current.value ?? whole;
    }),
});

describe('the dashboards', () => {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = readCatalogueFolder(join(ROOT, 'kpis'), 1).catalogue!;
  });

  it('are an overview, one for each category, a detail, the analyses and what the values are worth, each under a uid of its own', () => {
    expect(new Set(uids).size).toBe(uids.length);
    const categories = catalogue.categories.map(({ id }) => `category-${id}`);
    expect(uids.toSorted()).toEqual(
      [
        'kpi-overview',
        'kpi-detail',
        'kpi-analysis',
        'kpi-correlation',
        'kpi-forecast',
        'kpi-alerts',
        'kpi-data-quality',
        'kpi-collector-health',
        ...categories,
      ].toSorted()
    );
  });

  describe.each(dashboards)('%s', (_, dashboard) => {
    const { panels, templating, links } = dashboard;

    it('keeps dates where they are, and is found with the others', () => {
      expect(dashboard.timezone).toBe('utc');
      expect(dashboard.tags).toContain('kpi-monitor');
    });

    it('uses only panels and variables that standalone shows too', () => {
      const types = new Set(panels.map(({ type }) => type));
      expect([...types].filter((type) => !CORE_PANELS.includes(type) && !ownPanels.includes(type))).toEqual([]);
      const kinds = templating.list.map(({ type }) => type);
      expect(kinds.filter((kind) => !VARIABLE_TYPES.includes(kind as (typeof VARIABLE_TYPES)[number]))).toEqual([]);
    });

    it('asks our data source questions that the engine can read, about KPIs that there are', () => {
      for (const panel of panels) {
        for (const target of panel.targets ?? []) {
          expect([panel.title, target.datasource.uid]).toEqual([panel.title, 'kpi']);
          const asked = interpolate(upgrade(target), templates(dashboard), {});
          const query = readQuery(asked);
          const kpis = selectKpis(catalogue, query.select);
          expect(kpis.length).toBeGreaterThan(0);
          expect(
            kpis.filter((kpi) => query.split && !kpi.dimensions.includes(query.split)).map(({ id }) => id)
          ).toEqual([]);
        }
        const refIds = (panel.targets ?? []).map(({ refId }) => refId);
        expect(new Set(refIds).size).toBe(refIds.length);
      }
    });

    it('hides columns of tables by the name that Grafana knows: it says nothing about another', () => {
      const ids = panels
        .filter(({ type }) => type === 'table')
        .flatMap(({ fieldConfig }) => fieldConfig?.overrides ?? [])
        .flatMap(({ properties }) => properties.map(({ id }) => id));
      expect(ids.filter((id) => id.startsWith('custom.hide') && id !== 'custom.hideFrom.viz')).toEqual([]);
    });

    it('writes its variables into its targets, and uses no others', () => {
      const text =
        JSON.stringify(panels.map(({ targets, options }) => [targets, options])) + JSON.stringify(templating.list);
      const used = new Set([...text.matchAll(/"\$([a-z]\w*)"/g)].map((match) => match[1]));
      expect([...used].toSorted()).toEqual(templating.list.map(({ name }) => name).toSorted());
    });

    it('links to dashboards and pages that there are', () => {
      const ofApps = links.flatMap(({ url }) => (url?.startsWith('/a/') ? [url] : []));
      expect(ofApps.filter((url) => !appPages.some((page) => url.startsWith(page)))).toEqual([]);
      const ofDashboards = links.flatMap(({ url }) => (url && !ofApps.includes(url) ? [url] : []));
      const named = ofDashboards.map((url) => /^\/d\/([\w-]+)/.exec(url)?.[1]);
      const opened = panels.flatMap(({ options }) => (options.detailUid ? [options.detailUid] : []));
      expect([...named, ...opened].filter((uid) => uid === undefined || !uids.includes(uid))).toEqual([]);
      for (const { type, tags = [] } of links) {
        const found = dashboards.filter(([, other]) => tags.every((tag) => other.tags.includes(tag)));
        expect([type, found.length > 0]).toEqual([type, true]);
      }
    });

    it('reads like a page: questions for titles, no overlaps, at most seven panels before the first scroll', () => {
      expect(panels.filter(({ title }) => !title.endsWith('?')).map(({ title }) => title)).toEqual([]);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const taken = new Set<string>();
      for (const { gridPos, title } of panels) {
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
            expect([title, x < 24, taken.has(`${x} ${y}`)]).toEqual([title, true, false]);
            taken.add(`${x} ${y}`);
          }
        }
      }
      // A screen of 1080 pixels shows about 25 rows of the grid.
      expect(panels.filter(({ gridPos }) => gridPos.y < 25).length).toBeLessThanOrEqual(7);
    });
  });
});
