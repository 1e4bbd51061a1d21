/** A panel that is drawn once for each value of a variable, side by side or one below the other. */
import {
  LocalValueVariable,
  MultiValueVariable,
  type SceneComponentProps,
  sceneGraph,
  type SceneGridItemLike,
  SceneObjectBase,
  type SceneObjectState,
  SceneVariableSet,
  VariableDependencyConfig,
  type VizPanel,
} from '@grafana/scenes';

interface State extends SceneObjectState {
  x: number;
  y: number;
  width: number;
  height: number;
  variableName: string;
  /** what is repeated; never drawn itself */
  source: VizPanel;
  direction?: 'h' | 'v';
  maxPerRow?: number;
  panels?: VizPanel[];
  /** height of one row of panels, in grid cells */
  rowHeight?: number;
}

export class RepeatedPanel extends SceneObjectBase<State> implements SceneGridItemLike {
  static Component = RepeatedPanelView;

  protected override _variableDependency = new VariableDependencyConfig<State>(this, {
    variableNames: [this.state.variableName],
    onVariableUpdateCompleted: () => this.repeat(),
  });

  constructor(state: State) {
    super({ ...state, rowHeight: state.height });
    this.addActivationHandler(() => this.repeat());
  }

  getChildCount(): number {
    return this.state.panels?.length ?? 1;
  }

  /** Panels beside each other: all of them when they run down, else up to `maxPerRow` (4, as in Grafana). */
  perRow(): number {
    const { direction, maxPerRow = 4, panels = [] } = this.state;
    return direction === 'v' ? 1 : Math.max(1, Math.min(maxPerRow, panels.length));
  }

  private repeat(): void {
    const { variableName, source, rowHeight = 1 } = this.state;
    const variable = sceneGraph.lookupVariable(variableName, this);
    if (!(variable instanceof MultiValueVariable) || sceneGraph.hasVariableDependencyInLoadingState(this)) {
      return;
    }
    const { value, text } = variable.hasAllValue()
      ? variable.getDefaultMultiState(variable.state.options)
      : variable.state;
    const values = [value].flat();
    const texts = [text].flat();
    const panels = values.map((one, index) => {
      const local = new LocalValueVariable({ name: variableName, value: one, text: texts[index] ?? String(one) });
      const key = index === 0 ? source.state.key : `${source.state.key}-clone-${index}`;
      return source.clone({ key, $variables: new SceneVariableSet({ variables: [local] }) });
    });
    this.setState({ panels });
    this.setState({ height: rowHeight * Math.max(1, Math.ceil(panels.length / this.perRow())) });
  }
}

function RepeatedPanelView({ model }: SceneComponentProps<RepeatedPanel>) {
  const { panels = [] } = model.useState();
  const grid = {
    display: 'grid',
    gap: 8,
    height: '100%',
    gridAutoRows: '1fr',
    gridTemplateColumns: `repeat(${model.perRow()}, minmax(0, 1fr))`,
  };
  return (
    <div style={grid}>
      {panels.map((panel) => (
        <panel.Component key={panel.state.key} model={panel} />
      ))}
    </div>
  );
}
