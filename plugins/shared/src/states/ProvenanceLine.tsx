import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { interpolation } from '../interpolation';

import type { Provenance } from './provenance';

const DAY = 86_400_000;

export const PROVENANCE_HEIGHT = 20;

interface Props {
  provenance: Provenance;
  /** the clock when the panel asked, epoch milliseconds */
  askedAt?: number;
}

/** What must be known before any number is believed: that it is invented, or not of today. Nothing else is said. */
export function ProvenanceLine({ provenance, askedAt }: Props) {
  const styles = useStyles2(getStyles);
  const { asOf, zone, isDemo } = provenance;
  const isPast = asOf !== null && isOfThePast({ provenance, askedAt });
  if (!isDemo && !isPast) {
    return null;
  }
  return (
    <div className={styles.line}>
      {isPast && (
        <span>
          {t('provenance.as-of', 'As of {{date}}', {
            date: dateTimeFormat(asOf, { format: 'D MMM YYYY', timeZone: zone }),
            interpolation,
          })}
        </span>
      )}
      {isDemo && (
        <span className={styles.demo} title={t('provenance.demo-hint', 'These values are invented')}>
          {t('provenance.demo', 'Demo data')}
        </span>
      )}
    </div>
  );
}

export function hasProvenance(props: Props): boolean {
  return props.provenance.isDemo || isOfThePast(props);
}

function isOfThePast({ provenance: { asOf, isArchive }, askedAt }: Props): boolean {
  return asOf !== null && (isArchive || (askedAt !== undefined && askedAt - asOf > DAY));
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    justifyContent: 'flex-end',
    gap: theme.spacing(1.5),
    height: PROVENANCE_HEIGHT,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: '16px',
  }),
  demo: css({
    height: 16,
    padding: theme.spacing(0, 0.75),
    border: `1px dashed ${theme.colors.border.strong}`,
    lineHeight: '14px',
  }),
});
