/** `kpi new`: writes the file of a new KPI, from options or from answers, and checks the catalogue with it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { problemText } from '@kpi-monitor/model/catalogue/problem';
import { KpiError } from '@kpi-monitor/model/errors';

import { calendarOf } from '../compose/calendar';
import { catalogueTexts, loadTexts, shownPath } from '../compose/catalogue-folder';
import { readConfig } from '../config/read';
import { draftText } from '../draft/draft';
import { fillDraft, type Given } from '../draft/fill';
import { EXIT } from '../exit-code';
import { dim, green, red } from '../terminal/color';
import { openQuestions, type Questions } from '../terminal/questions';

import type { CommonOptions, Output } from './options';

export interface NewOptions extends CommonOptions, Given {}

/**
 * @param questions null where nobody is at a terminal
 * @returns 0, or 1 when what was described is no valid KPI: then nothing is written
 * @throws KpiError REQUEST_INVALID for an option, SOURCE_* for a file that cannot be looked at
 */
export async function newKpi(options: NewOptions, out: Output, questions = atTerminal(options)): Promise<number> {
  const config = readConfig(options);
  const calendar = calendarOf(config);
  const texts = catalogueTexts(config.catalogueFolder);
  const before = loadTexts(texts, calendar.fiscalYearStart);
  const { catalogue } = before;
  const folder = config.catalogueFolder;
  try {
    const draft = await fillDraft(options, {
      ask: questions?.ask ?? null,
      calendar,
      catalogueFolder: folder,
      categories: catalogue?.categories ?? [],
      taken: new Set(catalogue?.byId.keys()),
    });
    const path = join(folder, `${draft.id}.yaml`);
    const schema = existsSync(join(folder, 'kpi.schema.json')) ? './kpi.schema.json' : null;
    const text = draftText(draft, schema);
    const file = { path: shownPath(path), text };
    const known = new Set(before.problems.map(problemText));
    const problems = loadTexts([...texts, file], calendar.fiscalYearStart).problems.filter(
      (problem) => !known.has(problemText(problem)) && problem.file === file.path
    );
    if (problems.length > 0) {
      say({ written: null, problems, next: null }, options, out, () => {
        problems.forEach((problem) => out.line(problemText(problem).replace(problem.code, red(problem.code))));
        out.line(`nothing was written; this is what it would have been:\n\n${text}`);
      });
      return EXIT.mistakes;
    }
    write(path, text);
    const next = draft.source.kind === 'push' ? 'docs/send-kpis.md' : `kpi try ${draft.id}`;
    say({ written: path, problems: [], next }, options, out, () => {
      out.line(`${text}\n${green(`written to ${relative(process.cwd(), path) || path}; the catalogue takes it`)}`);
      const left = before.problems.filter(({ code }) => code !== 'CATALOGUE_EMPTY');
      left.forEach((problem) => out.line(dim(`there before: ${problemText(problem)}`)));
      out.line(next.startsWith('kpi') ? `next: ${next}` : `next: send its values as ${next} says`);
    });
    return EXIT.good;
  } finally {
    questions?.close();
  }
}

function atTerminal({ json }: NewOptions): Questions | null {
  return process.stdin.isTTY && process.stdout.isTTY && !json ? openQuestions() : null;
}

/** Never over another file. @throws KpiError REQUEST_INVALID */
function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? `${path} is there already; choose another id` : `${path}: ${message}`;
    throw new KpiError('REQUEST_INVALID', why, { path }, { cause });
  }
}

function say(document: object, { json }: NewOptions, out: Output, inWords: () => void): void {
  if (json) {
    out.line(JSON.stringify(document));
  } else {
    inWords();
  }
}
