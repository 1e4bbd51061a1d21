/** Regular expressions of other people, held to a time: some go back and forth over a text for years. */
import { createContext, Script } from 'node:vm';

/** Milliseconds of one search. */
export const SEARCH_TIME = 200;
/** Characters that even the worst expression is through in that time; to watch over them would cost more. */
const SHORT = 20;

/** V8 looks for the end of its time while it goes back in a text; nothing else can stop it. */
const search = new Script('exec.call(pattern, text)');
const watched = createContext({ exec: RegExp.prototype.exec, pattern: null, text: '' });

/** @throws RangeError from `exec` when a search takes longer than `SEARCH_TIME` */
export class BoundedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    if (text.length <= SHORT) {
      return super.exec(text);
    }
    Object.assign(watched, { pattern: this, text });
    try {
      return search.runInContext(watched, { timeout: SEARCH_TIME }) as RegExpExecArray | null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        const shown = this.source.slice(0, 80);
        throw new RangeError(`the regular expression /${shown}/ takes too long; take repetitions out of repetitions`);
      }
      throw error;
    } finally {
      Object.assign(watched, { pattern: null, text: '' });
    }
  }
}
