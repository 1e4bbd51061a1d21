/** Modes of `TooltipPlugin2`: its enum is not exported. */
type HoverMode = Parameters<typeof import('@grafana/ui').TooltipPlugin2>[0]['hoverMode'];

/** every series at the pointer's time */
export const HOVER_ALL = 1 as HoverMode;
