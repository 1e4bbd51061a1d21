/** Questions to somebody at a terminal, each asked again until the answer can be used. */
import { createInterface } from 'node:readline/promises';

import { KpiError } from '@kpi-monitor/model/errors';

import { bold, dim, yellow } from './color';

export interface Question {
  text: string;
  /** taken when nothing is entered; without one, something has to be */
  usual?: string;
  /** the only answers, with what they mean; a number in front of each is an answer, too */
  choices?: ReadonlyArray<readonly [answer: string, meaning: string]>;
  /** Why an answer cannot be used, or null. */
  refuse?: (answer: string) => string | null;
}

export interface Questions {
  /** @throws KpiError REQUEST_INVALID when there is nobody to answer any more */
  ask(question: Question): Promise<string>;
  close(): void;
}

export function openQuestions(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stdout
): Questions {
  const terminal = createInterface({ input, output });
  const lines = terminal[Symbol.asyncIterator]();
  const say = (text: string) => void output.write(text);

  const read = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) {
      throw new KpiError('REQUEST_INVALID', 'the questions were broken off; nothing was written');
    }
    return String(value).trim();
  };

  return {
    async ask({ text, usual, choices = [], refuse = () => null }) {
      choices.forEach(([answer, meaning], i) => say(`  ${i + 1} ${answer}${meaning ? dim(`  ${meaning}`) : ''}\n`));
      for (;;) {
        say(`${bold(text)}${usual ? dim(` (${usual})`) : ''}: `);
        const given = (await read()) || usual || '';
        const answer = choices[Number(given) - 1]?.[0] ?? given;
        const wrong =
          answer === ''
            ? 'something has to be entered'
            : choices.length > 0 && !choices.some(([known]) => known === answer)
              ? `\`${answer}\` is none of these`
              : refuse(answer);
        if (wrong === null) {
          return answer;
        }
        say(`${yellow(wrong)}\n`);
      }
    },
    close: () => terminal.close(),
  };
}
