/** The straight line through a cloud of points by least squares, y = slope x + intercept; NaN when x does not vary. */
export function linearFit(x: ArrayLike<number>, y: ArrayLike<number>): { slope: number; intercept: number; n: number } {
  let [n, mx, my, xx, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
      continue;
    }
    n += 1;
    const dx = x[i]! - mx;
    mx += dx / n;
    my += (y[i]! - my) / n;
    xx += dx * (x[i]! - mx);
    xy += dx * (y[i]! - my);
  }
  const slope = xx > 0 ? xy / xx : NaN;
  return { slope, intercept: my - slope * mx, n };
}
