/** Looks twice a second. @throws when it did not come in `ms` milliseconds */
export async function until<T>(what: string, look: () => Promise<T> | T, ms = 120_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(500)) {
    const found = await look();
    if (found) {
      return found;
    }
  }
  throw new Error(`${what} did not come within ${ms / 1000} s`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
