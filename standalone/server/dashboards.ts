/** The dashboards in folders, as Grafana's API answers for provisioned ones; subfolders are Grafana's folders. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';

import type { FoundDashboard } from '../src/pages/search';

/** The parts of a dashboard's JSON that are read here; the page reads the rest. */
interface DashboardJson {
  uid: string;
  title: string;
  description?: string;
  tags?: string[];
  panels?: Array<{ targets?: Array<{ select?: { kpis?: string[]; categories?: string[] } }> }>;
}

interface Provisioned {
  json: DashboardJson;
  folder: string;
  updated: Date;
}

interface Options {
  /** those that are there; of two dashboards with one uid the later folder's is shown */
  folders: readonly string[];
  catalogue: () => Pick<Catalogue, 'byId' | 'categories'>;
}

export function dashboardRoutes(app: FastifyInstance, { folders, catalogue }: Options): void {
  app.get('/api/search', async (request): Promise<FoundDashboard[]> => {
    const { query = '', tag, type } = request.query as { query?: string; tag?: string | string[]; type?: string };
    const tags = tag === undefined ? [] : [tag].flat();
    if (type === 'dash-folder') {
      return [];
    }
    return readAll(folders)
      .filter(({ json }) => isAbout(json, catalogue()))
      .filter(({ json }) => json.title.toLowerCase().includes(query.toLowerCase()))
      .filter(({ json }) => tags.every((one) => json.tags?.includes(one)))
      .map(found)
      .sort((a, b) => a.title.localeCompare(b.title));
  });

  app.get('/api/dashboards/uid/:uid', async (request) => {
    const { uid } = request.params as { uid: string };
    const one = readAll(folders).find(({ json }) => json.uid === uid);
    if (!one) {
      throw new KpiError('NOT_FOUND', `no dashboard has the uid \`${uid.slice(0, 80)}\``);
    }
    const { url, folderUid = '', folderTitle = 'General' } = found(one);
    const [, , , slug] = url.split('/');
    const can = { canSave: false, canEdit: false, canAdmin: false, canStar: false, canDelete: false };
    return {
      dashboard: one.json,
      meta: { slug, url, folderUid, folderTitle, type: 'db', provisioned: true, updated: one.updated, ...can },
    };
  });
}

function readAll(folders: readonly string[]): Provisioned[] {
  const all = folders.filter((folder) => existsSync(folder)).flatMap(readDashboards);
  return [...new Map(all.map((one) => [one.json.uid, one])).values()];
}

/** Read anew each time: there are few, and whoever edits one sees it at the next reload. */
function readDashboards(folder: string): Provisioned[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const path = join(folder, name);
      const inside = dirname(relative(folder, path));
      return {
        json: readJson(path),
        folder: inside === '.' ? '' : basename(inside),
        updated: statSync(path).mtime,
      };
    });
}

/**
 * Whether the catalogue has what a dashboard asks for: one for each category is of no use to a catalogue with others.
 * A dashboard that names nothing, or only variables, is for all.
 */
function isAbout({ panels = [] }: DashboardJson, { byId, categories }: ReturnType<Options['catalogue']>): boolean {
  const targets = panels.flatMap((panel) => panel.targets ?? []);
  const fits = ({ select: { kpis = [], categories: named = [] } = {} }: (typeof targets)[number]) =>
    kpis.every((id) => id.includes('$') || byId.has(id)) &&
    named.every((id) => id.includes('$') || categories.some((category) => category.id === id));
  return targets.length === 0 || targets.some(fits);
}

function readJson(path: string): DashboardJson {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DashboardJson;
  } catch (error) {
    throw new KpiError('NOT_FOUND', `${path} is no dashboard: ${(error as Error).message}`);
  }
}

function found({ json, folder }: Provisioned): FoundDashboard {
  const { uid, title, tags = [], description } = json;
  return {
    uid,
    title,
    description,
    tags,
    type: 'dash-db',
    url: `/d/${uid}/${slugOf(title)}`,
    ...(folder && { folderUid: slugOf(folder), folderTitle: titleOf(folder) }),
  };
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function titleOf(folder: string): string {
  return folder.charAt(0).toUpperCase() + folder.slice(1).replaceAll('-', ' ');
}
