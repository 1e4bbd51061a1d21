import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, Toggletip, useStyles2 } from '@grafana/ui';
import type { ForecastFacts } from '@kpi-monitor/model/query/forecast-frames';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { decimal, errorText, mapeText, modelsText, waitingText } from '../words';

interface Props {
  facts: ForecastFacts;
  title: string;
  /** of the business */
  zone: string;
}

/** How a forecast was made and how good it has been, when somebody asks. */
export function HowMade({ facts, title, zone }: Props) {
  const label = t('made.label', 'How the forecast of {{title}} was made', { title, interpolation });
  return (
    <Toggletip
      title={t('made.title', 'How this forecast was made')}
      content={() => <Making facts={facts} zone={zone} />}
      placement="bottom-end"
    >
      <IconButton name="info-circle" size="sm" aria-label={label} />
    </Toggletip>
  );
}

function Making({ facts, zone }: Pick<Props, 'facts' | 'zone'>) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.making}>
      <dl className={styles.facts}>
        {makingOf(facts, zone).map(([term, text]) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {facts.backTest && (
        <p className={styles.remark}>
          {t(
            'made.remark',
            'Each was made as of a day in the past and held against what came. The naive forecast repeats what was a season ago.'
          )}
        </p>
      )}
    </div>
  );
}

/** Whether there is more to say than stands above the chart. */
export function hasMaking({ models, state, sentence }: ForecastFacts): boolean {
  return models.length > 0 || (state !== 'ready' && sentence !== '');
}

export function makingOf(facts: ForecastFacts, zone: string): Array<[term: string, text: string]> {
  const { backTest, season, fittedUntil } = facts;
  if (facts.models.length === 0) {
    return [[t('made.later', 'Later periods'), waitingText(facts)]];
  }
  const rows: Array<[string, string]> = [[t('made.models', 'Models'), modelsText(facts)]];
  if (backTest) {
    rows.push(
      [t('made.tested', 'Past forecasts tried'), decimal(backTest.origins, 0)],
      [t('made.error', 'Their error'), [errorText(backTest), mapeText(backTest)].filter(Boolean).join(', ')],
      [
        t('made.coverage', 'Their 90 % band'),
        t('made.held', 'held {{percent}} % of the values', { percent: decimal(backTest.coverage, 0) }),
      ]
    );
  } else {
    rows.push([t('made.tested', 'Past forecasts tried'), t('made.untested', 'none: too little history')]);
  }
  if (season) {
    rows.push([t('made.season', 'Season'), t('made.periods', '{{count}} periods', { count: season })]);
  }
  if (fittedUntil !== null) {
    const date = dateTimeFormat(fittedUntil, { format: 'D MMM YYYY', timeZone: zone });
    rows.push([t('made.fitted', 'Made from what was over by'), date]);
  }
  return rows.filter(([, text]) => text);
}

const getStyles = (theme: GrafanaTheme2) => ({
  making: css({ maxWidth: 340, fontSize: theme.typography.bodySmall.fontSize }),
  facts: css({ margin: 0 }),
  fact: css({
    display: 'grid',
    gridTemplateColumns: '120px 1fr',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0.25, 0),
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0 },
  }),
  remark: css({ margin: theme.spacing(1, 0, 0), color: theme.colors.text.secondary }),
});
