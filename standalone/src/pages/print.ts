/**
 * Printing: panels have been drawn for the width of the window, and cannot be drawn again in time. So the sheet gets
 * the window's width in pixels and the shape of paper, and the printer scales it to what it has.
 */
const MARGIN = 24;

export function printAsShown(): void {
  const style = document.head.appendChild(document.createElement('style'));
  const fit = () => {
    const width = document.documentElement.clientWidth + 2 * MARGIN;
    const height = Math.round(width * Math.SQRT2);
    // Important, since the global styles of @grafana/ui say `size: auto`.
    style.textContent = `@page { size: ${width}px ${height}px !important; margin: ${MARGIN}px !important; }`;
  };
  fit();
  // Not only before printing: by then a browser may have chosen its sheet.
  addEventListener('resize', fit);
}
