/**
 * Our routes in somebody's policy tree: one branch of theirs is ours, known by the folder of our rules, and every other
 * branch stays as it was.
 */
import type { FileRule, NotificationSettings } from './rule-files';

export type Matcher = [label: string, operator: '=' | '!=' | '=~' | '!~', value: string];

export interface Route extends Partial<NotificationSettings> {
  object_matchers?: Matcher[];
  continue?: boolean;
  routes?: Route[];
  [other: string]: unknown;
}

/** Grafana's label for the folder that a rule is in. */
const FOLDER_LABEL = 'grafana_folder';

/** Severities that go to one place whoever the owner is: an escalation is about owners who were silent. */
const BEYOND_OWNERS = new Set(['emergency', 'escalation']);

/** @param owners addresses that get messages of their own, with the contact point of each */
export function ourBranch(folder: string, rules: readonly FileRule[], owners: ReadonlyMap<string, string>): Route {
  const routes = new Map<string, Route>();
  for (const rule of rules) {
    const route = routeOf(rule, owners);
    // Rules of one digest share their settings, and so their route: one message.
    routes.set(JSON.stringify(route), route);
  }
  const [first] = rules;
  return {
    receiver: first!.notification_settings.receiver,
    object_matchers: [[FOLDER_LABEL, '=', folder]],
    routes: [...routes.values()],
  };
}

function routeOf({ labels, notification_settings: own, data }: FileRule, owners: ReadonlyMap<string, string>): Route {
  const select = data[0]!.model.select as { judgedAt?: string[] } | undefined;
  const grains: Matcher[] = select?.judgedAt ? [['grain', '=~', select.judgedAt.join('|')]] : [];
  const { receiver, ...timing } = own;
  const byOwner = [...owners].map(([owner, point]): Route => {
    return { receiver: point, object_matchers: [['owner', '=', owner]], ...timing };
  });
  return {
    receiver,
    object_matchers: [['severity', '=', labels.severity!], ...grains],
    ...timing,
    ...(!BEYOND_OWNERS.has(labels.severity!) && byOwner.length > 0 && { routes: byOwner }),
  };
}

export function isOurs(route: Route, folder: string): boolean {
  return (route.object_matchers ?? []).some(([label, , value]) => label === FOLDER_LABEL && value === folder);
}

/** The tree with our branch in the place of an earlier one, else before the others: theirs would else take its alerts. */
export function withBranch(tree: Route, branch: Route, folder: string): Route {
  const routes = tree.routes ?? [];
  const at = routes.findIndex((route) => isOurs(route, folder));
  const others = routes.filter((route) => !isOurs(route, folder));
  return { ...tree, routes: others.toSpliced(Math.max(at, 0), 0, branch) };
}

export function withoutBranch(tree: Route, folder: string): Route {
  return { ...tree, routes: (tree.routes ?? []).filter((route) => !isOurs(route, folder)) };
}
