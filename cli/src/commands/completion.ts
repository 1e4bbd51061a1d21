/** `kpi completion`: the script by which a shell completes the command, and the ids that it asks for. */
import { KpiError } from '@kpi-monitor/model/errors';
import type { Command } from 'commander';

import { catalogueOf } from '../compose/catalogue';
import { completionScript, type Shell, SHELLS } from '../completion/scripts';
import { wordsOf } from '../completion/words';
import { readConfig } from '../config/read';
import { EXIT } from '../exit-code';

import type { CommonOptions, Output } from './options';

export interface CompletionOptions extends CommonOptions {
  /** the ids of the catalogue instead, one a line */
  ids?: boolean;
}

/** @throws KpiError REQUEST_INVALID for another shell */
export function completion(
  shell: string | undefined,
  options: CompletionOptions,
  program: Command,
  out: Output
): number {
  if (options.ids) {
    [...catalogueOf(readConfig(options)).byId.keys()].forEach((id) => out.line(id));
    return EXIT.good;
  }
  if (!SHELLS.includes(shell as Shell)) {
    throw new KpiError('REQUEST_INVALID', `${shell ?? 'no shell'}: there are scripts for ${SHELLS.join(', ')}`);
  }
  out.line(completionScript(shell as Shell, wordsOf(program)).trimEnd());
  return EXIT.good;
}
