/** Core panel `stat`: a big value with its name and a sparkline. */
import { FieldColorModeId, type PanelProps, VizOrientation } from '@grafana/data';
import type { VizTextDisplayOptions } from '@grafana/schema';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  useTheme2,
} from '@grafana/ui';

import { adapter } from './adapter';
import { type SingleValueOptions, SingleValues } from './single-values';

interface Options extends SingleValueOptions {
  colorMode: BigValueColorMode;
  graphMode: BigValueGraphMode;
  justifyMode: BigValueJustifyMode;
  textMode: BigValueTextMode;
  text?: VizTextDisplayOptions;
  wideLayout: boolean;
}

function StatPanel(props: PanelProps<Options>) {
  const theme = useTheme2();
  const { colorMode, graphMode, justifyMode, textMode, text, wideLayout } = props.options;
  return (
    <SingleValues
      {...props}
      sparkline={graphMode !== BigValueGraphMode.None}
      autoGrid
      itemSpacing={3}
      draw={(
        { value: { display, sparkline, hasLinks }, width, height, count, alignmentFactors },
        { onClick, className }
      ) => (
        <BigValue
          theme={theme}
          value={display}
          sparkline={sparkline}
          width={width}
          height={height}
          count={count}
          alignmentFactors={alignmentFactors}
          colorMode={colorMode}
          graphMode={graphMode}
          justifyMode={justifyMode}
          textMode={textMode}
          text={text}
          disableWideLayout={!wideLayout}
          hasLinks={hasLinks}
          onClick={onClick}
          className={className}
        />
      )}
    />
  );
}

export const statPanel = adapter<Options>({
  id: 'stat',
  component: StatPanel,
  color: FieldColorModeId.Thresholds,
  options: {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    orientation: VizOrientation.Auto,
    colorMode: BigValueColorMode.Value,
    graphMode: BigValueGraphMode.Area,
    justifyMode: BigValueJustifyMode.Auto,
    textMode: BigValueTextMode.Auto,
    text: {},
    wideLayout: true,
  },
});
