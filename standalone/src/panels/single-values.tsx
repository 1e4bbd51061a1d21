/** What stat and bar gauge share: values reduced out of the data, repeated side by side, each with its links. */
import {
  type DisplayValueAlignmentFactors,
  type FieldDisplay,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type PanelProps,
  type ReduceDataOptions,
  type VizOrientation,
} from '@grafana/data';
import {
  DataLinksContextMenu,
  type DataLinksContextMenuApi,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from '@grafana/ui';
import type { MouseEventHandler } from 'react';

import { PanelMessage } from './message';

export interface SingleValueOptions {
  reduceOptions: ReduceDataOptions;
  orientation: VizOrientation;
}

export type Drawn = VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>;

interface Props<Options extends SingleValueOptions> extends PanelProps<Options> {
  sparkline?: boolean;
  autoGrid?: boolean;
  itemSpacing?: number;
  minVizWidth?: number;
  minVizHeight?: number;
  maxVizHeight?: number;
  draw: (value: Drawn, open: { onClick?: MouseEventHandler<HTMLElement>; className?: string }) => JSX.Element;
}

export function SingleValues<Options extends SingleValueOptions>(props: Props<Options>) {
  const { data, options, fieldConfig, replaceVariables, timeZone, sparkline, draw, ...sizes } = props;
  const theme = useTheme2();
  if (data.series.length === 0) {
    return <PanelMessage data={data} fieldConfig={fieldConfig} />;
  }
  const values = () =>
    getFieldDisplayValues({
      data: data.series,
      fieldConfig,
      reduceOptions: options.reduceOptions,
      replaceVariables,
      sparkline,
      theme,
      timeZone,
    });
  return (
    <VizRepeater<FieldDisplay, DisplayValueAlignmentFactors>
      {...sizes}
      source={data}
      orientation={options.orientation}
      getValues={values}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={(drawn) => {
        const { hasLinks, getLinks } = drawn.value;
        return hasLinks && getLinks ? (
          <DataLinksContextMenu links={getLinks}>
            {({ openMenu, targetClassName }: DataLinksContextMenuApi) =>
              draw(drawn, { onClick: openMenu as MouseEventHandler<HTMLElement>, className: targetClassName })
            }
          </DataLinksContextMenu>
        ) : (
          draw(drawn, {})
        );
      }}
    />
  );
}
