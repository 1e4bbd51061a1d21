/** What an answer says about itself (a period that still runs, what was left out), at the panel's title, as in Grafana. */
import type { QueryResultMetaNotice } from '@grafana/data';
import { type SceneComponentProps, sceneGraph, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Icon, PanelChrome, Tooltip } from '@grafana/ui';

export class PanelNotices extends SceneObjectBase<SceneObjectState> {
  static Component = PanelNoticesView;
}

function PanelNoticesView({ model }: SceneComponentProps<PanelNotices>) {
  const { data } = sceneGraph.getData(model).useState();
  const notices = (data?.series ?? []).flatMap(({ meta }) => meta?.notices ?? []);
  if (notices.length === 0) {
    return null;
  }
  const texts = [...new Set(notices.map(({ text }) => text))];
  return (
    <Tooltip
      content={
        <>
          {texts.map((text) => (
            <div key={text}>{text}</div>
          ))}
        </>
      }
    >
      <span aria-label={texts.join('. ')} role="note" tabIndex={0}>
        <PanelChrome.TitleItem title="">
          <Icon name={isWarning(notices) ? 'exclamation-triangle' : 'file-landscape-alt'} />
        </PanelChrome.TitleItem>
      </span>
    </Tooltip>
  );
}

function isWarning(notices: readonly QueryResultMetaNotice[]): boolean {
  return notices.some(({ severity }) => severity !== 'info');
}
