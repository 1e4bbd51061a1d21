import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { ledBy } from '../data/pair';
import type { Correlation } from '../data/read-correlation';
import { axisWord, bothNames, spanWords } from '../words';

import { Lines } from './Lines';
import { PairFacts } from './PairFacts';
import { Scatter } from './Scatter';

interface Props {
  correlation: Correlation;
  pair: PairRow;
  width: number;
  /** of what is seen of it at once; charts share it */
  height: number;
  addressOf: (kpi: string) => string | undefined;
  dateText: (time: number) => string;
  onClose: () => void;
}

/** Names and facts, a line of the sentence, and what stands around each chart. */
const TEXT_HEIGHT = 98;
const SENTENCE_HEIGHT = 24;
const LETTER = 9;
/** In a pair narrower than this, facts and captions take a second line. */
const NARROW = 420;
const SECOND_LINES = 64;
const LINES_TEXT = 60;
const SCATTER_TEXT = 36;
const GAP = 24;
/** Where the charts go beside each other: where they would be too low below each other. */
const BESIDE_FROM = 520;
const LOW = 420;

function chartSizes(width: number, height: number, sentence: string) {
  const sentenceHeight = SENTENCE_HEIGHT * Math.ceil((sentence.length * LETTER) / width);
  const room = height - TEXT_HEIGHT - sentenceHeight - (width < NARROW ? SECOND_LINES : 0);
  if (width >= BESIDE_FROM && height < LOW) {
    const chart = Math.max(90, room - LINES_TEXT);
    return { chartWidth: (width - GAP) / 2, linesHeight: chart, scatterHeight: chart + LINES_TEXT - SCATTER_TEXT };
  }
  const shared = room - LINES_TEXT - SCATTER_TEXT;
  return {
    chartWidth: width,
    linesHeight: Math.max(84, Math.min(260, shared * 0.42)),
    scatterHeight: Math.max(124, Math.min(400, shared * 0.58)),
  };
}

/** One pair: the finding as a sentence, the figures in words, both lines and the scatter. */
export function PairView({ correlation, pair, width, height, addressOf, dateText, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const { values, compared, facts } = correlation;
  const led = ledBy(pair);
  const grain = facts?.grain;
  const shiftText = spanWords(led.shift, grain);
  const lines = [values.get(led.first), values.get(led.second)] as const;
  const dots = [compared.get(led.first), compared.get(led.second)] as const;
  const { chartWidth, linesHeight, scatterHeight } = chartSizes(width, height, pair.sentence);
  const what = axisWord(facts?.on);
  const named = (name: string) => (what ? `${name}, ${what}` : name);
  const later = led.shift
    ? t('scatter.later', '{{name}} {{span}} later', { name: led.secondName, span: shiftText, interpolation })
    : led.secondName;
  return (
    <section className={styles.pair} aria-label={bothNames(led.firstName, led.secondName)}>
      <div className={styles.head}>
        <h3 className={styles.names}>
          <KpiName name={led.firstName} address={addressOf(led.first)} />
          <span className={styles.quiet}>{led.shift > 0 && pair.significant ? ' → ' : ' · '}</span>
          <KpiName name={led.secondName} address={addressOf(led.second)} />
        </h3>
        <IconButton name="times" size="md" aria-label={t('pair.close', 'Close this pair')} onClick={onClose} />
      </div>
      <p className={styles.sentence} aria-live="polite">
        {pair.sentence}
      </p>
      <PairFacts pair={pair} grain={grain} />
      <div className={styles.charts}>
        {lines[0] && lines[1] && (
          <Lines
            led={led}
            first={lines[0]}
            second={lines[1]}
            shiftText={shiftText}
            dateText={dateText}
            width={chartWidth}
            height={linesHeight}
          />
        )}
        {dots[0] && dots[1] && (
          <Scatter
            first={dots[0]}
            second={dots[1]}
            shift={led.shift}
            xTitle={named(led.firstName)}
            yTitle={named(later)}
            dateText={dateText}
            width={chartWidth}
            height={scatterHeight}
          />
        )}
      </div>
    </section>
  );
}

function KpiName({ name, address }: { name: string; address: string | undefined }) {
  const styles = useStyles2(getStyles);
  return address ? (
    <a className={styles.link} href={address}>
      {name}
    </a>
  ) : (
    <span>{name}</span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  pair: css({ minWidth: 0, breakInside: 'avoid' }),
  head: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1) }),
  names: css({
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
    lineHeight: '20px',
    overflowWrap: 'anywhere',
  }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  quiet: css({ color: theme.colors.text.secondary }),
  charts: css({ display: 'flex', flexWrap: 'wrap', columnGap: GAP }),
  sentence: css({ margin: theme.spacing(0.5, 0, 0), fontSize: theme.typography.h5.fontSize, lineHeight: 1.4 }),
});
