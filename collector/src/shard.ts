/**
 * Which of several collectors reads a KPI. By rendezvous hashing (Thaler and Ravishankar, 1998): each KPI goes to the
 * shard with which its id hashes highest, so that one more shard takes its part and moves nothing else.
 */
import { createHash } from 'node:crypto';

export interface Shard {
  /** from 0 */
  index: number;
  of: number;
}

/** The index of the shard that reads a KPI; the same in every process. */
export function shardOf(id: string, of: number): number {
  let best = 0;
  let highest = -1;
  for (let index = 0; index < of; index++) {
    const weight = createHash('sha256').update(`${index} ${id}`).digest().readUIntBE(0, 6);
    if (weight > highest) {
      best = index;
      highest = weight;
    }
  }
  return best;
}
