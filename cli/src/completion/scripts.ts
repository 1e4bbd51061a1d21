/**
 * Scripts by which shells complete `kpi`. All but the ids of KPIs is written into them, since a program that is started
 * at each press of a key is felt.
 */
import type { CommandWords, OptionWords } from './words';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const IDS = 'kpi completion --ids 2>/dev/null';

export function completionScript(shell: Shell, words: readonly CommandWords[]): string {
  switch (shell) {
    case 'bash':
      return bash(words);
    case 'zsh':
      // Zsh reads what is written for bash; `path` is a name of its own there.
      return `#compdef kpi\nautoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
    case 'fish':
      return fish(words);
  }
}

function bash(words: readonly CommandWords[]): string {
  const deeper = words.filter(({ path }) => path !== '').map(({ path }) => quoted(path.replace(/^(\S+)$/, ' $1')));
  const valued = [...new Set(words.flatMap(({ options }) => options.filter((one) => one.isValued).flatMap(namesOf)))];
  const chosen = distinct(words.flatMap(({ options }) => options.filter(({ choices }) => choices.length > 0)));
  const cases = words.map(({ path, commands, options, takesKpis }) => {
    const names = options.map(({ long }) => long).join(' ');
    const others = takesKpis ? `$(${IDS})` : commands.map(({ name }) => name).join(' ');
    return `    ${quoted(path)}) options=${quoted(names)}; others="${others}" ;;`;
  });
  return `# kpi: complete its commands, options and KPIs
_kpi_complete() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" options="" others="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${deeper.join(' | ')}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$prev" in
${chosen.map((option) => `    ${option.long}) COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$cur")); return ;;`).join('\n')}
    ${valued.join(' | ')}) return ;;
  esac
  if [[ "$cur" == -* ]]; then
    case "$at" in
${cases.map((line) => line.replace(/; others=.* ;;$/, ' ;;')).join('\n')}
    esac
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi
  case "$at" in
${cases.map((line) => line.replace(/options='[^']*'; /, '')).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$others" -- "$cur"))
}
complete -o default -F _kpi_complete kpi
`;
}

function fish(words: readonly CommandWords[]): string {
  const lines = words.flatMap(({ path, commands, options, takesKpis }) => {
    const names = commands.map(({ name }) => name).join(' ');
    const [first, second] = path.split(' ');
    const here =
      path === ''
        ? '__fish_use_subcommand'
        : [first, second]
            .filter(Boolean)
            .map((name) => `__fish_seen_subcommand_from ${name}`)
            .join('; and ');
    const before = path !== '' && names !== '' ? `${here}; and not __fish_seen_subcommand_from ${names}` : here;
    const start = (when: string) => `complete -c kpi -n ${quoted(when)}`;
    return [
      ...commands.map(({ name, description }) => `${start(before)} -f -a ${name} -d ${quoted(description)}`),
      ...(takesKpis ? [`${start(here)} -f -a '(${IDS})'`] : []),
      ...options.map(({ long, short, description, isValued, choices }) =>
        [
          ...[start(here), `-l ${long.slice(2)}`, ...(short ? [`-s ${short.slice(1)}`] : [])],
          ...(isValued ? [choices.length > 0 ? `-x -a ${quoted(choices.join(' '))}` : '-r'] : []),
          `-d ${quoted(description)}`,
        ].join(' ')
      ),
    ];
  });
  return `# kpi: complete its commands, options and KPIs\n${lines.join('\n')}\n`;
}

function namesOf({ long, short }: OptionWords): string[] {
  return short ? [long, short] : [long];
}

function distinct(options: readonly OptionWords[]): OptionWords[] {
  return [...new Map(options.map((option) => [option.long, option])).values()];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
