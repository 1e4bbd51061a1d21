/** Links that plugins draw as plain anchors: followed within the page, so that it is not loaded again. */
import { locationService } from '@grafana/runtime';

export function interceptLinks(target: Document = document): void {
  target.addEventListener('click', (event) => {
    const anchor = (event.target as Element).closest?.('a');
    const address = anchor && pathWithin(anchor);
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!address || !plain || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    locationService.push(address);
  });
}

/** Path and query of a link that this page answers itself, else null. */
function pathWithin(anchor: HTMLAnchorElement): string | null {
  if (anchor.target && anchor.target !== '_self') {
    return null;
  }
  if (
    anchor.hasAttribute('download') ||
    anchor.origin !== location.origin ||
    /^\/(api|public)\//.test(anchor.pathname)
  ) {
    return null;
  }
  return `${anchor.pathname}${anchor.search}${anchor.hash}`;
}
