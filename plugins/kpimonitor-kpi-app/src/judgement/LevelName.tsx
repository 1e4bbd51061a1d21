import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { LEVELS, type Level, STATUS_TEXT } from '@kpi-monitor/model/status';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';

export type LevelWord = (typeof LEVELS)[number];

export function levelWord(level: LevelWord | 'not_judged'): string {
  switch (level) {
    case 'normal':
      return t('level.normal', STATUS_TEXT.normal);
    case 'warning':
      return t('level.warning', STATUS_TEXT.warning);
    case 'critical':
      return t('level.critical', STATUS_TEXT.critical);
    case 'emergency':
      return t('level.emergency', STATUS_TEXT.emergency);
    case 'not_judged':
      return t('level.not-judged', STATUS_TEXT.not_judged);
  }
}

/** The word of an answer's level; null is not judged. */
export function wordOf(level: Level | null): LevelWord | 'not_judged' {
  return level === null ? 'not_judged' : LEVELS[level];
}

/** A level's mark and word. */
export function LevelName({ level }: { level: LevelWord | 'not_judged' }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.name}>
      <StatusMark status={level} color={styles.palette[level].mark} size={12} />
      {levelWord(level)}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  palette: statusPalette(theme),
  name: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
});
