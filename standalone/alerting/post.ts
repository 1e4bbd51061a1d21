/** Sends letters until each is taken, waiting longer after each failure, and gives up after two days. */
import type { Channel } from './channels';
import type { Letter } from './letter';

export interface Post {
  /** Takes letters to send; one that is waiting or was sent already is not taken again. */
  add(letters: readonly Letter[]): void;
  /** Tries all whose time has come. */
  deliver(now: number): Promise<void>;
  /** what waits or was given up */
  outbox(): readonly Letter[];
}

const GIVEN_UP_AFTER = 2 * 86_400_000;
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 3_600_000;
const KEPT_GIVEN_UP = 20;
const KEPT_SENT = 5000;

/** @param kept what an earlier program could not deliver */
export function createPost(
  channels: readonly Channel[],
  { kept = [], changed, log }: { kept?: readonly Letter[]; changed: () => void; log: (letter: Letter) => void }
): Post {
  let letters: Letter[] = [...kept];
  const sent = new Set<string>();
  let delivering: Promise<void> = Promise.resolve();

  const deliverOne = async (letter: Letter, now: number) => {
    const channel = channels.find(({ name }) => name === letter.channel);
    try {
      if (!channel) {
        throw new Error(`no ${letter.channel} is configured any more`);
      }
      await channel.send(letter);
      letters = letters.filter((other) => other !== letter);
      remember(sent, letter.id);
    } catch (error) {
      const attempts = letter.attempts + 1;
      const next: Letter = {
        ...letter,
        attempts,
        nextAt: now + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1)),
        reason: (error as Error).message,
        givenUp: !channel || now - letter.writtenAt > GIVEN_UP_AFTER,
      };
      letters = letters.map((other) => (other === letter ? next : other));
      log(next);
    }
    changed();
  };

  return {
    add(more) {
      const fresh = more.filter(({ id }) => !sent.has(id) && !letters.some((letter) => letter.id === id));
      const givenUp = letters.filter((letter) => letter.givenUp).slice(-KEPT_GIVEN_UP);
      letters = [...givenUp, ...letters.filter((letter) => !letter.givenUp), ...fresh];
    },
    deliver(now) {
      delivering = delivering.then(async () => {
        for (const letter of letters.filter(({ givenUp, nextAt }) => !givenUp && nextAt <= now)) {
          await deliverOne(letter, now);
        }
      });
      return delivering;
    },
    outbox: () => letters,
  };
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  if (ids.size > KEPT_SENT) {
    ids.delete(ids.values().next().value!);
  }
}
