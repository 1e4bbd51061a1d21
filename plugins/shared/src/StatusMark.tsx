import type { Status } from '@kpi-monitor/model/status';

import { MARK_SIZE, STATUS_MARKS } from './status-marks';

interface Props {
  status: Status;
  color: string;
  /** pixels */
  size?: number;
  className?: string;
}

/** The mark of a status; the word belongs beside it, so the mark itself is hidden from screen readers. */
export function StatusMark({ status, color, size = MARK_SIZE, className }: Props) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox={`0 0 ${MARK_SIZE} ${MARK_SIZE}`}
      aria-hidden="true"
      focusable="false"
    >
      {STATUS_MARKS[status].map(({ kind, d, dash }) =>
        kind === 'fill' ? (
          <path key={d} d={d} fill={color} fillRule="evenodd" />
        ) : (
          <path
            key={d}
            d={d}
            fill="none"
            stroke={color}
            strokeWidth={1.5}
            strokeLinecap="round"
            strokeLinejoin="round"
            strokeDasharray={dash}
          />
        )
      )}
    </svg>
  );
}
