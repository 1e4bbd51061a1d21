import { css } from '@emotion/css';
import { Portal, VizTooltipContainer } from '@grafana/ui';
import { type ReactNode, type SyntheticEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { ScoreRow } from '../data/row';

import { RowFacts } from './RowFacts';

/** Long enough not to flicker while the pointer passes over a grid of cards. */
const HOVER_DELAY = 250;
const WIDTH = 320;
const GAP = 8;

/** The container glides to its place by a style of its own. */
const still = css({ '@media (prefers-reduced-motion: reduce)': { transition: 'none !important' } });

/** Where the tooltip goes; Grafana's container turns it to the other side of `position` where it would not fit. */
interface Place {
  position: { x: number; y: number };
  offset: { x: number; y: number };
}

interface Shown {
  row: ScoreRow;
  place: Place;
}

/** Handlers for an element that holds others marked with `data-row`, the key of a row. */
export interface TooltipHandlers {
  onMouseOver: (event: SyntheticEvent) => void;
  onMouseLeave: () => void;
  onFocus: (event: SyntheticEvent) => void;
  onBlur: () => void;
}

/** One tooltip for all rows of a panel: two hundred of their own would cost more than the cards themselves. */
export function useRowTooltip(rows: readonly ScoreRow[]): [TooltipHandlers, ReactNode] {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    setShown(null);
  }, []);
  useEffect(() => hide, [hide]);
  useEffect(() => {
    if (!shown) {
      return undefined;
    }
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    document.addEventListener('keydown', onKeyDown);
    // What scrolls away takes its tooltip with it.
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('scroll', hide, { capture: true });
    };
  }, [shown, hide]);
  const handlers = useMemo((): TooltipHandlers => {
    const show = (event: SyntheticEvent, delay: number) => {
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
      const row = element && byKey.get(element.dataset.row ?? '');
      clearTimeout(timer.current);
      if (!row) {
        setShown(null);
        return;
      }
      timer.current = setTimeout(() => setShown({ row, place: beside(element) }), delay);
    };
    return {
      onMouseOver: (event) => show(event, HOVER_DELAY),
      onMouseLeave: hide,
      onFocus: (event) => isKeyboardFocus(event.target) && show(event, 0),
      onBlur: hide,
    };
  }, [byKey, hide]);
  const row = shown && (byKey.get(shown.row.key) ?? shown.row);
  const node = shown && row && (
    <Portal>
      <VizTooltipContainer {...shown.place} className={still} role="tooltip" aria-live="off">
        <RowFacts row={row} />
      </VizTooltipContainer>
    </Portal>
  );
  return [handlers, node];
}

/** To the right of an element, else to its left, else below it or above it: never over it. */
function beside(element: Element): Place {
  const { left, right, top, height } = element.getBoundingClientRect();
  const aside = { x: GAP, y: 0 };
  if (right + WIDTH + 2 * GAP < window.innerWidth) {
    return { position: { x: right, y: Math.max(0, top) }, offset: aside };
  }
  if (left > WIDTH + 2 * GAP) {
    return { position: { x: left - WIDTH - 2 * GAP, y: Math.max(0, top) }, offset: aside };
  }
  return { position: { x: left, y: top + height / 2 }, offset: { x: 0, y: height / 2 + GAP } };
}

/** A click focuses too, and leads away: no tooltip for that. */
function isKeyboardFocus(target: EventTarget): boolean {
  return target instanceof Element && target.matches(':focus-visible');
}
