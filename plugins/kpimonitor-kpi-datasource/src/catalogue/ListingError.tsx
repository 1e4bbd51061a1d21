import { Alert, Button, Stack } from '@grafana/ui';

import type { Listing } from './use-listing';

/** Says in place what could not be listed, why, and offers to try again. */
export function ListingError({ listing, what }: { listing: Listing<unknown>; what: string }) {
  if (!listing.error) {
    return null;
  }
  const { code, message } = listing.error;
  return (
    <Alert severity="warning" title={`${what} cannot be listed`} topSpacing={0} bottomSpacing={0}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>
          {message}
          {code && ` (${code})`}
        </span>
        <Button size="sm" variant="secondary" icon="sync" onClick={listing.retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
