import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';

/** Characters at the end of a name that are always seen: what tells similar names apart is often there. */
const TAIL = 7;

/** A name on one line that loses its middle, not its end, where there is no room. */
export function MiddleCut({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  const letters = [...text];
  let cut = letters.length > 2 * TAIL ? letters.length - TAIL : letters.length;
  while (letters[cut] === ' ') {
    cut++;
  }
  return (
    <span className={styles.whole}>
      <span className={styles.head}>{letters.slice(0, cut).join('')}</span>
      {cut < letters.length && <span className={styles.tail}>{letters.slice(cut).join('')}</span>}
    </span>
  );
}

const getStyles = () => ({
  whole: css({ display: 'flex', minWidth: 0, whiteSpace: 'pre' }),
  head: css({ overflow: 'hidden', textOverflow: 'ellipsis', minWidth: 0 }),
  tail: css({ flex: 'none' }),
});
