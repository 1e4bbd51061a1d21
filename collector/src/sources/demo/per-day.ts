/** Remembers what a function of a day gave, since many series ask for the same day one after the other. */
export function perDay<T>(make: (day: number) => T, keep = 4000): (day: number) => T {
  const made = new Map<number, T>();
  return (day) => {
    let value = made.get(day);
    if (value === undefined) {
      if (made.size >= keep) {
        made.clear();
      }
      value = make(day);
      made.set(day, value);
    }
    return value;
  };
}
