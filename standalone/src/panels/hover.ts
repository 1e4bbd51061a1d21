/** Modes of `TooltipPlugin2`: its enum is not exported. */
type HoverMode = Parameters<typeof import('@grafana/ui').TooltipPlugin2>[0]['hoverMode'];

/** the series under the pointer */
export const HOVER_ONE = 0 as HoverMode;
/** every series at the pointer's time */
export const HOVER_ALL = 1 as HoverMode;
/** the box under the pointer */
export const HOVER_BOX = 2 as HoverMode;
