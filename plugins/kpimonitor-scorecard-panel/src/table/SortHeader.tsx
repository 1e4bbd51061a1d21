import { cx } from '@emotion/css';

import type { TableStyles } from './table-styles';

export interface Sorting {
  id: string;
  isDescending: boolean;
}

interface Props {
  id: string;
  title: string;
  isNumber?: boolean;
  isSortable: boolean;
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
  styles: TableStyles;
}

/** A column's title: first click sorts, second turns the order round, third gives the panel's own order back. */
export function SortHeader({ id, title, isNumber, isSortable, sorting, onSort, styles }: Props) {
  const current = sorting?.id === id ? sorting : null;
  // Numbers are mostly looked at from the largest down.
  const first = Boolean(isNumber);
  const next = () => {
    if (!current) {
      return { id, isDescending: first };
    }
    return current.isDescending === first ? { id, isDescending: !first } : null;
  };
  return (
    <th
      scope="col"
      className={cx(styles.head, isNumber && styles.number)}
      aria-sort={current ? (current.isDescending ? 'descending' : 'ascending') : undefined}
    >
      {isSortable ? (
        <button type="button" className={styles.sort} onClick={() => onSort(next())}>
          {title}
          <span className={styles.arrow} aria-hidden="true">
            {current ? (current.isDescending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}
