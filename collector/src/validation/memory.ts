/** What was seen lately, by key: at least the last half of `most` keys, so that a read of any length has a bound. */
export interface Memory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

export function createMemory<T>(most: number): Memory<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      if (young.size >= most / 2) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
    },
  };
}
