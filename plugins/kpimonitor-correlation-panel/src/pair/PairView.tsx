import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { ledBy } from '../data/pair';
import type { Correlation } from '../data/read-correlation';
import { axisWord, spanWords } from '../words';

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

/** Sentence, names, facts and captions. */
const TEXT_HEIGHT = 260;

/** One pair: the finding as a sentence, the figures in words, both lines and the scatter. */
export function PairView({ correlation, pair, width, height, addressOf, dateText, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const { values, compared, facts } = correlation;
  const led = ledBy(pair);
  const grain = facts?.grain;
  const shiftText = spanWords(led.shift, grain);
  const lines = [values.get(led.first), values.get(led.second)] as const;
  const dots = [compared.get(led.first), compared.get(led.second)] as const;
  const room = Math.max(0, height - TEXT_HEIGHT);
  const linesHeight = Math.max(110, Math.min(220, room * 0.45));
  const scatterHeight = Math.max(150, Math.min(320, room * 0.55));
  const what = axisWord(facts?.on);
  const named = (name: string) => (what ? `${name}, ${what}` : name);
  const later = led.shift
    ? t('scatter.later', '{{axis}} {{span}} later', { axis: named(led.secondName), span: shiftText, interpolation })
    : named(led.secondName);
  return (
    <section
      className={styles.pair}
      aria-label={t('pair.label', '{{a}} and {{b}}', { a: led.firstName, b: led.secondName, interpolation })}
    >
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
      {lines[0] && lines[1] && (
        <Lines
          led={led}
          first={lines[0]}
          second={lines[1]}
          shiftText={shiftText}
          dateText={dateText}
          width={width}
          height={linesHeight}
        />
      )}
      {dots[0] && dots[1] && (
        <Scatter
          first={dots[0]}
          second={dots[1]}
          shift={led.shift}
          xTitle={named(led.firstName)}
          yTitle={later}
          dateText={dateText}
          width={width}
          height={scatterHeight}
        />
      )}
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
  sentence: css({ margin: theme.spacing(0.5, 0, 0), fontSize: theme.typography.h5.fontSize, lineHeight: 1.4 }),
});
