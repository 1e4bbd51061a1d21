/** Lets work run one after the other, in the order it came. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when all that was waiting is done. */
  async idle(): Promise<void> {
    await this.last;
  }
}
