/** What runs in a thread of the pool. */
import type { TaskInput, TaskName } from './tasks';
import { doTask } from './work';

export default function work({ name, input }: { name: TaskName; input: TaskInput<TaskName> }): unknown {
  return doTask(name, input);
}
