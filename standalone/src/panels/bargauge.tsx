/** Core panel `bargauge`: a bar for each value, coloured by its thresholds. */
import { FieldColorModeId, type PanelProps, VizOrientation } from '@grafana/data';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeValueMode,
  type VizTextDisplayOptions,
} from '@grafana/schema';
import { BarGauge, useTheme2 } from '@grafana/ui';

import { adapter } from './adapter';
import { type SingleValueOptions, SingleValues } from './single-values';

interface Options extends SingleValueOptions {
  displayMode: BarGaugeDisplayMode;
  valueMode: BarGaugeValueMode;
  namePlacement: BarGaugeNamePlacement;
  showUnfilled: boolean;
  sizing: 'auto' | 'manual';
  minVizWidth: number;
  minVizHeight: number;
  maxVizHeight: number;
  text?: VizTextDisplayOptions;
}

function BarGaugePanel(props: PanelProps<Options>) {
  const theme = useTheme2();
  const { displayMode, valueMode, namePlacement, showUnfilled, text, minVizWidth, minVizHeight, maxVizHeight, sizing } =
    props.options;
  return (
    <SingleValues
      {...props}
      itemSpacing={displayMode === BarGaugeDisplayMode.Lcd ? 2 : 10}
      minVizWidth={minVizWidth}
      minVizHeight={minVizHeight}
      maxVizHeight={sizing === 'manual' ? maxVizHeight : 300}
      draw={({ value: { display, field, view, colIndex }, width, height, orientation, alignmentFactors }, open) => (
        <BarGauge
          theme={theme}
          value={display}
          field={field}
          display={view && colIndex !== undefined ? view.getFieldDisplayProcessor(colIndex) : undefined}
          width={width}
          height={height}
          orientation={orientation}
          alignmentFactors={alignmentFactors}
          displayMode={displayMode}
          valueDisplayMode={valueMode}
          namePlacement={namePlacement}
          showUnfilled={showUnfilled}
          text={text}
          isOverflow={false}
          onClick={open.onClick}
          className={open.className}
        />
      )}
    />
  );
}

export const barGaugePanel = adapter<Options>({
  id: 'bargauge',
  component: BarGaugePanel,
  color: FieldColorModeId.Thresholds,
  options: {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    orientation: VizOrientation.Auto,
    displayMode: BarGaugeDisplayMode.Gradient,
    valueMode: BarGaugeValueMode.Color,
    namePlacement: BarGaugeNamePlacement.Auto,
    showUnfilled: true,
    sizing: 'auto',
    minVizWidth: 8,
    minVizHeight: 16,
    maxVizHeight: 300,
    text: {},
  },
});
