import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';

import type { Group } from '../data/groups';
import type { ScoreRow } from '../data/row';
import { GroupHeader } from '../groups/GroupHeader';
import type { ScorecardOptions } from '../options';
import { useRowTooltip } from '../tooltip/use-row-tooltip';

import { Card } from './Card';
import { cardStyles } from './card-styles';
import { CARD_METRICS, cardHeight, columnWidth, fitSlots, slotsOf } from './layout';

interface Props {
  groups: Group[];
  rows: ScoreRow[];
  /** with numbers in full, for the tooltip */
  exactRows: ScoreRow[];
  options: ScorecardOptions;
  /** pixels that the panel has for them */
  width: number;
  height: number;
  addressOf: (row: ScoreRow) => string | undefined;
}

export function Cards({ groups, rows, exactRows, options, width, height, addressOf }: Props) {
  const { cardSize, show } = options;
  const styles = useStyles2(cardStyles, cardSize);
  const slots = useMemo(
    () => fitSlots(slotsOf(rows, show), CARD_METRICS[cardSize], height),
    [rows, show, cardSize, height]
  );
  const largest = Math.max(...groups.map((group) => group.rows.length));
  const column = columnWidth(width, largest, CARD_METRICS[cardSize]);
  const itemHeight = cardHeight(slots, CARD_METRICS[cardSize]);
  const [tooltipHandlers, tooltip] = useRowTooltip(exactRows);
  return (
    <div {...tooltipHandlers}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title || undefined}>
          {group.title && <GroupHeader group={group} />}
          <ul
            className={styles.grid}
            style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${column}px), 1fr))` }}
          >
            {group.rows.map((row) => (
              <li key={row.key} className={styles.item} style={{ containIntrinsicBlockSize: itemHeight }}>
                <Card row={row} slots={slots} show={show} address={addressOf(row)} styles={styles} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {tooltip}
    </div>
  );
}
