/** Counters as the text that Prometheus reads. */
import type { Counter } from './status';

/** https://prometheus.io/docs/instrumenting/exposition_formats/, lines of one name together */
export function exposition(counters: readonly Counter[]): string {
  const names = [...new Set(counters.map((counter) => counter.name))];
  return names
    .map((name) => {
      const lines = counters.filter((counter) => counter.name === name);
      const { help, type } = lines[0]!;
      const samples = lines.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`);
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join('')}`;
    })
    .join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .map(([label, value]) => `${label}="${value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`)
    .join(',');
  return pairs && `{${pairs}}`;
}
