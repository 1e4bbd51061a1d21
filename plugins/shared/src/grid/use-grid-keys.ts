import { type KeyboardEvent, useCallback, useRef, useState } from 'react';

export interface GridPlace {
  line: number;
  column: number;
}

/** How far each key moves, in lines and columns; Infinity goes to the end. */
const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/**
 * One stop of the Tab key for a whole grid; arrows, Home, End and Page keys move within it
 * (WAI-ARIA grid pattern). Cells carry `data-line` and `data-column`.
 */
export function useGridKeys(lines: number, columns: number) {
  const grid = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<GridPlace>({ line: 0, column: 0 });
  // A refresh may take lines away.
  const current = { line: Math.min(place.line, lines - 1), column: Math.min(place.column, columns - 1) };
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const move = MOVES[event.key];
      if (!move || event.altKey || event.metaKey) {
        return;
      }
      event.preventDefault();
      const [down, right] = event.ctrlKey ? farthest(event.key, move) : move;
      const next = { line: clamp(current.line + down, lines), column: clamp(current.column + right, columns) };
      setPlace(next);
      grid.current?.querySelector<HTMLElement>(`[data-line="${next.line}"][data-column="${next.column}"]`)?.focus();
    },
    [current.line, current.column, lines, columns]
  );
  return { grid, current, setPlace, onKeyDown };
}

/** With Ctrl, Home and End go to the corners and arrows to the edges. */
function farthest(key: string, [down, right]: [number, number]): [number, number] {
  const across = right * Infinity || 0;
  return key === 'Home' || key === 'End' ? [across, across] : [down * Infinity || 0, across];
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
