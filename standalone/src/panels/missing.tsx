/** What stands in for a panel that cannot be drawn: it says so in its place. */
import { LoadingState, type PanelData, type PanelPlugin } from '@grafana/data';

import { adapter } from './adapter';
import { PanelMessage } from './message';

export function missingPanel(id: string, message: string): PanelPlugin {
  const error = { message };
  return adapter({
    id,
    component: ({ data }) => {
      const failed: PanelData = { ...data, state: LoadingState.Error, error, errors: [error] };
      return <PanelMessage data={failed} />;
    },
    options: {},
    asksNothing: true,
  });
}
