/** How many columns a line may have: those of the terminal, and plenty where it goes elsewhere. */
export function columns(): number {
  return process.stdout.columns ?? 120;
}
