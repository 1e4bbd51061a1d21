/** Where tasks are done. Questions wait for them, and others are answered meanwhile. */
import { type TaskInput, type TaskName, type TaskOutput, TASKS } from './tasks';

export interface Work {
  /** @throws what the task throws; the signal's reason when it is stopped */
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: { signal?: AbortSignal }): Promise<TaskOutput<N>>;
  close(): Promise<void>;
}

/** For programs that answer one question and end. */
export const inThisThread: Work = {
  async run(name, input, { signal } = {}) {
    // Other things get their turn between two tasks.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    return doTask(name, input);
  },
  close: () => Promise.resolve(),
};

export function doTask<N extends TaskName>(name: N, input: TaskInput<N>): TaskOutput<N> {
  return (TASKS[name] as (input: TaskInput<N>) => TaskOutput<N>)(input);
}
