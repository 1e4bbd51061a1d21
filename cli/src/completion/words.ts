/** What can be written after each command, from the tree that the command itself is made of. */
import type { Command } from 'commander';

export interface CommandWords {
  /** `''` for the command itself, `alerts install` below */
  path: string;
  description: string;
  /** names of the commands below it */
  commands: Array<{ name: string; description: string }>;
  options: OptionWords[];
  /** whether its argument is an id of the catalogue */
  takesKpis: boolean;
}

export interface OptionWords {
  /** `--config` */
  long: string;
  /** `-c` */
  short?: string;
  description: string;
  /** a value follows */
  isValued: boolean;
  /** the only values */
  choices: readonly string[];
}

export function wordsOf(program: Command): CommandWords[] {
  const below = (command: Command, path: string): CommandWords[] => {
    const shown = command
      .createHelp()
      .visibleCommands(command)
      .filter((its) => its.name() !== 'help');
    return [
      {
        path,
        description: command.description(),
        commands: shown.map((its) => ({ name: its.name(), description: its.description() })),
        options: optionsOf(command),
        takesKpis: command.registeredArguments.some((argument) => argument.name() === 'kpi'),
      },
      ...shown.flatMap((its) => below(its, `${path} ${its.name()}`.trim())),
    ];
  };
  return below(program, '');
}

function optionsOf(command: Command): OptionWords[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, short, description, required, optional, argChoices = [] }) =>
      long ? [{ long, short, description, isValued: required || optional, choices: argChoices }] : []
    );
}
