/** Who fired when and for how long, newest first. */
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Alert, LoadingPlaceholder, TextLink, useStyles2 } from '@grafana/ui';

import type { Episode, HistoryAnswer } from '../../services/alerting';
import { usePolled } from '../../services/use-alerting';

import { detailOf, headline, reasonText, spanText } from './words';

const EVERY = 15_000;

export function AlertHistory({ matches }: { matches: (text: string) => boolean }) {
  const styles = useStyles2(getStyles);
  const { value, error } = usePolled<HistoryAnswer>('/api/alerting/history', EVERY);
  if (!value) {
    return error ? <Alert title="The history could not be read">{error}</Alert> : <LoadingPlaceholder text="Loading" />;
  }
  const found = value.episodes.filter((episode) => matches(textOf(episode)));
  if (found.length === 0) {
    return <p>{value.episodes.length === 0 ? 'Nothing has fired yet.' : 'Nothing of that has fired.'}</p>;
  }
  return (
    <div className={styles.scroll} role="region" aria-label="History" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Rule</th>
            <th scope="col">Fired</th>
            <th scope="col">Ended</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {found.map((episode) => (
            <tr key={`${episode.rule} ${episode.from} ${JSON.stringify(episode.labels)}`}>
              <td className={styles.what}>
                <What episode={episode} />
              </td>
              <td>{episode.title}</td>
              <td className={styles.time}>{dateTimeFormat(episode.from)}</td>
              <td className={styles.time}>
                {episode.to === null ? 'still firing' : dateTimeFormat(episode.to)}
                {episode.reason && <span className={styles.reason}> {reasonText(episode.reason)}</span>}
              </td>
              <td className={styles.time}>{spanText((episode.to ?? value.now) - episode.from)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ episode }: { episode: Episode }) {
  const alert = { labels: episode.labels, annotations: { summary: episode.summary } };
  const detail = detailOf(alert);
  return detail ? (
    <TextLink href={detail} color="primary" inline={false}>
      {headline(alert)}
    </TextLink>
  ) : (
    <>{headline(alert)}</>
  );
}

function textOf({ title, labels, summary }: Episode): string {
  return [title, summary, ...Object.values(labels)].join(' ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', background: theme.colors.background.primary }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: theme.spacing(1, 1.5),
      textAlign: 'left',
      verticalAlign: 'baseline',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    '& th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
  }),
  what: css({ minWidth: 220 }),
  time: css({ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
  reason: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
