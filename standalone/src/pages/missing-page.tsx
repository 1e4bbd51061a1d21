import { EmptyState, LinkButton } from '@grafana/ui';

interface Props {
  what: string;
  /** what the server said */
  reason?: string;
}

export function MissingPage({ what, reason }: Props) {
  return (
    <EmptyState
      variant="not-found"
      message={`There is no such ${what}`}
      button={<LinkButton href="/dashboards">See all dashboards</LinkButton>}
    >
      {reason}
    </EmptyState>
  );
}
