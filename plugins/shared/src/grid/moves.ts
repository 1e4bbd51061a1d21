import type { KeyboardEvent } from 'react';

/** How far each key moves, in lines and columns; Infinity goes to the end (WAI-ARIA grid pattern). */
const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Lines down and columns to the right that a key moves within a grid; null when it is not for the grid. */
export function moveOf(event: KeyboardEvent): readonly [number, number] | null {
  const move = MOVES[event.key];
  if (!move || event.altKey || event.metaKey) {
    return null;
  }
  return event.ctrlKey ? farthest(event.key, move) : move;
}

/** With Ctrl, Home and End go to the corners and arrows to the edges. */
function farthest(key: string, [down, right]: readonly [number, number]): readonly [number, number] {
  const across = right * Infinity || 0;
  return key === 'Home' || key === 'End' ? [across, across] : [down * Infinity || 0, across];
}
