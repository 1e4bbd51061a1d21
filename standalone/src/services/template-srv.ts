/** `TemplateSrv` over the scene that is shown: plugins ask it for `$variables` outside of the props that panels get. */
import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { isSceneObject, sceneGraph, type SceneObject } from '@grafana/scenes';

declare global {
  interface Window {
    /** set by an active scene, and read by scenes itself */
    __grafanaSceneContext?: SceneObject;
  }
}

/** The scene object that a query runs for, which sees variables of its own: a repeated panel's. */
function asking(scopedVars?: ScopedVars): SceneObject | undefined {
  const held: unknown = scopedVars?.__sceneObject?.value?.valueOf();
  return isSceneObject(held) ? held : undefined;
}

const VARIABLE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/;

export class SceneTemplateSrv implements TemplateSrv {
  replace(target?: string, scopedVars?: ScopedVars, format?: string | Function): string {
    const scene = asking(scopedVars) ?? window.__grafanaSceneContext;
    if (!scene || !target) {
      return target ?? '';
    }
    return sceneGraph.interpolate(scene, target, scopedVars, format as string | undefined);
  }

  containsTemplate(target?: string): boolean {
    return target !== undefined && VARIABLE.test(target);
  }

  getVariables(): TypedVariableModel[] {
    const scene = window.__grafanaSceneContext;
    const variables = scene ? sceneGraph.getVariables(scene).state.variables : [];
    return variables.map((variable) => {
      const current = { value: variable.getValue(), text: variable.getValueText?.() ?? String(variable.getValue()) };
      return { ...variable.state, current } as unknown as TypedVariableModel;
    });
  }

  /** The scene's own time range is used. */
  updateTimeRange(_timeRange: TimeRange): void {}
}
