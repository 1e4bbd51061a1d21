import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';
import { memo } from 'react';

import { bulletOf } from '../data/bullet-scale';
import type { ScoreRow } from '../data/row';
import { valueParts } from '../data/value-text';
import type { Detail } from '../options';
import { fullName, restatedWord, spoken, statusWord } from '../words';

import { BulletBar } from './BulletBar';
import type { CardStyles } from './card-styles';
import { ChangeLine } from './ChangeLine';
import type { Slot } from './layout';
import { Spark } from './Spark';

interface Props {
  row: ScoreRow;
  slots: readonly Slot[];
  show: readonly Detail[];
  /** where a click leads */
  address?: string;
  styles: CardStyles;
}

/** Grains whose periods are named by a word and then the year. */
const YEAR_LAST = new Set<Grain>(['month', 'quarter', 'fiscal_quarter']);

/** One KPI: from the top its name and status, the value, how it changed, where it is going, its course, its age. */
export const Card = memo(function Card({ row, slots, show, address, styles }: Props) {
  const { palette } = styles;
  const colors = palette[row.status];
  const outlookColor = row.outlook && row.outlook !== 'on_pace' ? palette.warning : null;
  const bullet = slots.includes('bullet') ? bulletOf(row) : null;
  const bulletColor = (bullet?.of === 'open' ? outlookColor : isLoud(row) ? colors : null)?.mark ?? styles.ink;
  const { before, whole, fraction, after } = valueParts(row.valueText, row.decimals);
  const quiet = slots.includes('foot') && show.includes('age') ? quietLine(row) : '';
  const common = {
    className: cx(styles.card, styles.status[row.status]),
    'aria-label': spoken(row),
    'data-row': row.key,
  };
  const body = (
    <>
      <span className={styles.head}>
        <span className={styles.name}>
          <MiddleCut text={fullName(row)} />
        </span>
        {row.restatedText && quiet !== row.restatedText && <span className={styles.restated}>{restatedWord()}</span>}
        <StatusMark className={styles.mark} status={row.status} color={colors.mark} size={16} />
      </span>
      <span className={styles.hero}>
        <span className={styles.value}>
          {before && <small>{before}</small>}
          {whole}
          {fraction}
          {after && <small>{after}</small>}
        </span>
        <span className={styles.standing}>
          <span style={{ color: colors.text }}>{statusWord(row.status)}</span>
          <span className={cx(styles.period, YEAR_LAST.has(row.grain) && styles.breakable)}>{row.periodText}</span>
        </span>
      </span>
      {slots.map((slot) => (
        <span key={slot} className={cx(styles.slot[slot])}>
          {slot === 'change' && <ChangeLine row={row} />}
          {slot === 'gap' && <Pair left={row.gapText || row.reason} right={row.sinceText} styles={styles} />}
          {slot === 'bullet' && bullet && <BulletBar bullet={bullet} color={bulletColor} />}
          {slot === 'outlook' && (
            <Pair left={row.outlookText} right={yardstick(row)} leftColor={outlookColor?.text} styles={styles} />
          )}
          {slot === 'sparkline' && (
            <Spark spark={row.spark} target={row.target} color={isLoud(row) ? colors.mark : styles.ink} />
          )}
          {slot === 'definition' && row.definition}
          {slot === 'foot' && <Pair left={quiet} right={show.includes('owner') ? row.owner : ''} styles={styles} />}
        </span>
      ))}
    </>
  );
  return address ? (
    <a {...common} href={address}>
      {body}
    </a>
  ) : (
    <div {...common} role="group" tabIndex={0}>
      {body}
    </div>
  );
});

/** `$412,000 / $1,080,000`, how far the open period has come; without one the target that the value is held against. */
function yardstick({ soFarText, openTargetText, targetText }: ScoreRow): string {
  if (soFarText) {
    return openTargetText ? `${soFarText} / ${openTargetText}` : soFarText;
  }
  return targetText && t('card.target', 'target {{value}}', { value: targetText, interpolation });
}

/** That a value was changed after it had settled is told before how new it is, but not before that it is late. */
function quietLine({ restatedText, ageText, freshness }: ScoreRow): string {
  return restatedText && freshness === 'fresh' ? restatedText : ageText;
}

function isLoud({ status }: ScoreRow): boolean {
  return status === 'warning' || status === 'critical' || status === 'emergency';
}

interface PairProps {
  left: string;
  right: string;
  leftColor?: string;
  styles: CardStyles;
}

function Pair({ left, right, leftColor, styles }: PairProps) {
  return (
    <>
      <span className={styles.left} style={{ color: leftColor }}>
        {left}
      </span>
      {right && <span className={styles.right}>{right}</span>}
    </>
  );
}
