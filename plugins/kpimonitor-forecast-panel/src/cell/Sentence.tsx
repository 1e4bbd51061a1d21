import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ForecastFacts } from '@kpi-monitor/model/query/forecast-frames';
import type { Status } from '@kpi-monitor/model/status';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';

import { LINE_HEIGHT } from '../panel-layout';
import { findingText } from '../words';

type Tone = 'good' | 'bad' | 'neutral' | 'pending' | 'refused';

const MARKS: Partial<Record<Tone, Status>> = {
  good: 'normal',
  bad: 'warning',
  pending: 'provisional',
  refused: 'not_judged',
};

interface Props {
  facts: ForecastFacts;
  /** after which it is cut */
  lines: number;
}

/** The finding in words, or why there is none. Bad news is a warning and no more: it has not happened yet. */
export function Sentence({ facts, lines }: Props) {
  const styles = useStyles2(getStyles);
  const text = findingText(facts);
  const tone: Tone = facts.sentence || facts.state === 'ready' ? facts.sense : facts.state;
  const mark = MARKS[tone];
  return (
    <div className={styles.room} style={{ height: lines * LINE_HEIGHT }} data-tone={text ? tone : undefined}>
      {text && mark && <StatusMark className={styles.mark} status={mark} color={styles.marks[tone]} size={14} />}
      <p className={cx(styles.text, styles[tone])} style={{ WebkitLineClamp: lines }} title={text}>
        {text}
      </p>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const { warning, provisional } = statusPalette(theme);
  const good = theme.colors.success.text;
  const quiet = css({ color: provisional.text });
  return {
    marks: { good, bad: warning.mark, neutral: '', pending: provisional.mark, refused: provisional.mark },
    room: css({ display: 'flex', gap: theme.spacing(0.75) }),
    mark: css({ flex: 'none', marginTop: 3 }),
    text: css({
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      minWidth: 0,
      margin: 0,
      overflow: 'hidden',
      lineHeight: `${LINE_HEIGHT}px`,
    }),
    good: css({ color: good }),
    bad: css({ color: warning.text, fontWeight: theme.typography.fontWeightMedium }),
    neutral: css({ color: theme.colors.text.primary }),
    pending: quiet,
    refused: quiet,
  };
};
