/** Label sets: what an alert instance is known by. */

export type Labels = Readonly<Record<string, string>>;

/** Equal for equal sets, whatever the order of their labels. */
export function labelsKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Whether all labels of the second set are in the first, with equal values. */
export function contains(labels: Labels, part: Labels): boolean {
  return Object.entries(part).every(([name, value]) => labels[name] === value);
}

/** `kpi=revenue, region=west`: in order of the names, as Grafana writes a set. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
