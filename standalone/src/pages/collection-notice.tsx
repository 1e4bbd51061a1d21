/** A line under the header while history is being read, and when sources or KPI files cannot be read. */
import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import { sceneGraph, SceneQueryRunner } from '@grafana/scenes';
import { Icon, Toggletip, useStyles2 } from '@grafana/ui';
import { useCallback, useEffect, useState } from 'react';

import type { DashboardScene } from '../dashboard/dashboard-scene';
import { isFirst, useCollection } from '../services/collection';

export function CollectionNotice({ scene }: { scene: DashboardScene }) {
  const styles = useStyles2(getStyles);
  const refresh = useCallback(() => {
    const asking = sceneGraph
      .findAllObjects(scene, (one) => one instanceof SceneQueryRunner)
      .some((one) => (one as SceneQueryRunner).state.data?.state === LoadingState.Loading);
    // Whoever is still waiting for an answer gets it before asking again.
    if (!asking) {
      sceneGraph.getTimeRange(scene).onRefresh();
    }
  }, [scene]);
  const collection = useCollection(refresh);
  const [began, setBegan] = useState(false);
  const first = collection !== null && isFirst(collection);
  if (first && !began) {
    setBegan(true);
  }
  useEffect(() => {
    // Only now is it known what plays "now".
    if (began && !first && window.kpiMonitor.catalogue.asOf === 'latest') {
      location.reload();
    }
  }, [began, first]);
  if (!collection) {
    return null;
  }
  const { read, total, failing, catalogueProblems } = collection;
  if (first) {
    return (
      <p className={styles.line} role="status">
        <Icon name="sync" /> Reading the history: {read} of {total} sources. What is here already is shown.
      </p>
    );
  }
  if (catalogueProblems.length > 0) {
    const mistakes = (
      <ul className={styles.reasons}>
        {catalogueProblems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    );
    return (
      <p className={styles.warning} role="status">
        <Icon name="exclamation-triangle" /> A KPI file was changed and has a mistake; all KPIs stay as they were
        before.
        <Toggletip content={mistakes} fitContent>
          <button className={styles.why}>Why?</button>
        </Toggletip>
      </p>
    );
  }
  if (failing.length === 0) {
    return null;
  }
  const reasons = (
    <ul className={styles.reasons}>
      {failing.map(({ kpi, code, message }) => (
        <li key={kpi}>
          <strong>{kpi}</strong> {code}: {message}
        </li>
      ))}
    </ul>
  );
  return (
    <p className={styles.warning} role="status">
      <Icon name="exclamation-triangle" /> {failing.length} of {total} sources cannot be read; their KPIs stay as they
      were.
      <Toggletip content={reasons} fitContent>
        <button className={styles.why}>Why?</button>
      </Toggletip>
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const line = { display: 'flex', alignItems: 'center', gap: theme.spacing(1), margin: theme.spacing(0.5, 0, 0) };
  return {
    line: css({ ...line, color: theme.colors.text.secondary }),
    warning: css({ ...line, color: theme.colors.warning.text }),
    why: css({ border: 'none', background: 'none', padding: 0, color: 'inherit', textDecoration: 'underline' }),
    reasons: css({ margin: 0, paddingLeft: theme.spacing(2), maxWidth: 600 }),
  };
};
