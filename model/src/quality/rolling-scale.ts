/** The middle and the spread of the newest so many numbers, robust against outliers, kept in order as they come and go. */

/** Makes the median absolute deviation of normal numbers their standard deviation, and the mean absolute one (Iglewicz & Hoaglin 1993). */
const FROM_MAD = 1.4826;
const FROM_MEAN = 1.253314;

export class RollingScale {
  private readonly sorted: Float64Array;
  private readonly ring: Float64Array;
  private count = 0;
  private next = 0;

  /** @param length of the memory, in numbers */
  constructor(length: number) {
    this.sorted = new Float64Array(length + 1);
    this.ring = new Float64Array(length);
  }

  get size(): number {
    return this.count;
  }

  /** Takes a number in; the oldest goes when there are more than the memory holds. */
  add(value: number): void {
    if (this.count === this.ring.length) {
      const at = this.place(this.ring[this.next]!);
      this.sorted.copyWithin(at, at + 1, this.count);
      this.count--;
    }
    const at = this.place(value);
    this.sorted.copyWithin(at + 1, at, this.count);
    this.sorted[at] = value;
    this.ring[this.next] = value;
    this.next = (this.next + 1) % this.ring.length;
    this.count++;
  }

  get median(): number {
    const half = this.count >> 1;
    return this.count % 2 === 1 ? this.sorted[half]! : (this.sorted[half - 1]! + this.sorted[half]!) / 2;
  }

  /**
   * A standard deviation by the median absolute deviation; by the mean absolute one where more than half of the numbers are
   * equal. 0 when all are.
   */
  get scale(): number {
    const middle = this.median;
    const mad = this.medianDistance(middle);
    if (mad > 0) {
      return FROM_MAD * mad;
    }
    let sum = 0;
    for (let i = 0; i < this.count; i++) {
      sum += Math.abs(this.sorted[i]! - middle);
    }
    return (FROM_MEAN * sum) / this.count;
  }

  /** The median of the distances from the middle: they grow to both sides of it, so it is found by walking outward. */
  private medianDistance(middle: number): number {
    const { sorted, count } = this;
    let right = count >> 1;
    let left = right - 1;
    let distance = 0;
    let before = 0;
    for (let taken = 0; taken <= count >> 1; taken++) {
      before = distance;
      const toLeft = left >= 0 ? middle - sorted[left]! : Infinity;
      const toRight = right < count ? sorted[right]! - middle : Infinity;
      distance = Math.min(toLeft, toRight);
      if (toLeft <= toRight) {
        left--;
      } else {
        right++;
      }
    }
    return count % 2 === 1 ? distance : (before + distance) / 2;
  }

  /** Where a number stands, or would. */
  private place(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
