/** Labels or tags of a series as the dimensions of a KPI. */

/**
 * @param mapping dimension -> label; without it every label is a dimension
 * @param labels label -> member
 */
export function dimensionsOf(
  labels: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>> | undefined
): Record<string, string | undefined> {
  return mapping === undefined
    ? { ...labels }
    : Object.fromEntries(Object.entries(mapping).map(([dimension, label]) => [dimension, labels[label]]));
}
