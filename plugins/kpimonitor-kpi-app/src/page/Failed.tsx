import { t } from '@grafana/i18n';
import { Alert, Button, Stack } from '@grafana/ui';

import type { Refusal } from '../engine/refusal';

interface Props {
  /** what could not be done: "The KPIs could not be listed" */
  title: string;
  refusal: Refusal;
  onRetry?: () => void;
  severity?: 'error' | 'warning';
}

/** What could not be reached or done, why, and how to go on. */
export function Failed({ title, refusal, onRetry, severity = 'error' }: Props) {
  const { code, message } = refusal;
  return (
    <Alert severity={severity} title={title} topSpacing={0} bottomSpacing={0}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>
          {message} {code && <code>{code}</code>}
        </span>
        {onRetry && (
          <Button size="sm" variant="secondary" icon="sync" onClick={onRetry}>
            {t('failed.retry', 'Try again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
