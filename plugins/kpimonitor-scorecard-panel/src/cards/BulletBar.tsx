import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import type { Bullet } from '../data/bullet-scale';

const HEIGHT = 12;
const share = (x: number) => `${(x * 100).toFixed(2)}%`;

/** A bullet graph: the measure before the zones of its thresholds, the target as a tick, the plan for now as a second. */
export function BulletBar({ bullet, color }: { bullet: Bullet; color: string }) {
  const styles = useStyles2(getStyles);
  const { zones, shape, zero, value, clipped, landing, target, pace } = bullet;
  const bar = (to: number, height: number, className: string, fill?: string) => (
    <rect
      className={className}
      x={share(Math.min(zero, to))}
      width={share(Math.abs(to - zero))}
      y={(HEIGHT - height) / 2}
      height={height}
      fill={fill}
    />
  );
  return (
    <svg className={styles.bullet} height={HEIGHT} aria-hidden="true" focusable="false">
      {(zones.length ? zones : [{ from: 0, to: 1, level: 0 as const }]).map((zone) => (
        <rect
          key={zone.from}
          className={styles.zones[zone.level]}
          x={share(zone.from)}
          width={share(zone.to - zone.from)}
          height={HEIGHT}
        />
      ))}
      {shape === 'bar' && landing !== null && bar(landing, 4, styles.landing)}
      {shape === 'bar' && bar(value, 4, styles.value, color)}
      {shape === 'dot' && landing !== null && (
        <circle className={styles.landingDot} cx={share(landing)} cy={HEIGHT / 2} r={3} />
      )}
      {target !== null && <Tick at={target} height={HEIGHT} className={styles.target} />}
      {pace !== null && <Tick at={pace} height={8} className={styles.pace} />}
      {shape === 'dot' && <circle cx={share(value)} cy={HEIGHT / 2} r={4} fill={color} />}
      {clipped && (
        // The bar goes on: an arrow's head at its end.
        <svg x={clipped === 'high' ? '100%' : '0%'} overflow="visible">
          <path d={clipped === 'high' ? 'M-5 2 0 6-5 10Z' : 'M5 2 0 6 5 10Z'} fill={color} />
        </svg>
      )}
    </svg>
  );
}

function Tick({ at, height, className }: { at: number; height: number; className: string }) {
  const y = (HEIGHT - height) / 2;
  return <line className={className} x1={share(at)} x2={share(at)} y1={y} y2={y + height} />;
}

const getStyles = (theme: GrafanaTheme2) => {
  const zone = (opacity: number) => css({ fill: theme.colors.text.primary, fillOpacity: opacity });
  return {
    bullet: css({ display: 'block', width: '100%', overflow: 'visible', printColorAdjust: 'exact' }),
    // The worse, the darker: one hue, so that the zones stay behind the measure.
    zones: [zone(0.07), zone(0.13), zone(0.2), zone(0.28)],
    value: css({}),
    landing: css({ fill: theme.colors.text.primary, fillOpacity: 0.3 }),
    landingDot: css({ fill: 'none', stroke: theme.colors.text.secondary, strokeWidth: 1.5 }),
    target: css({ stroke: theme.colors.text.primary, strokeWidth: 2 }),
    pace: css({ stroke: theme.colors.text.secondary, strokeWidth: 1 }),
  };
};
