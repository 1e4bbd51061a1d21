import { type KeyboardEvent, useCallback, useRef, useState } from 'react';

import { moveOf } from './moves';

export interface GridPlace {
  line: number;
  column: number;
}

/**
 * One stop of the Tab key for a whole grid; arrows, Home, End and Page keys move within it.
 * Cells carry `data-line` and `data-column`.
 */
export function useGridKeys(lines: number, columns: number) {
  const grid = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<GridPlace>({ line: 0, column: 0 });
  // A refresh may take lines away.
  const current = { line: Math.min(place.line, lines - 1), column: Math.min(place.column, columns - 1) };
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const move = moveOf(event);
      if (!move) {
        return;
      }
      event.preventDefault();
      const [down, right] = move;
      const next = { line: clamp(current.line + down, lines), column: clamp(current.column + right, columns) };
      setPlace(next);
      grid.current?.querySelector<HTMLElement>(`[data-line="${next.line}"][data-column="${next.column}"]`)?.focus();
    },
    [current.line, current.column, lines, columns]
  );
  return { grid, current, setPlace, onKeyDown };
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
