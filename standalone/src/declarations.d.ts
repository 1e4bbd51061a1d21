/* Modules without types of their own. */
declare module '*.css';
declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
declare module 'd3';
declare module 'slate';
declare module 'prismjs';
declare module 'jquery';

/* Left out of the package's exports, though it is what plugins draw errors and pages with: see `build/page.mjs`. */
declare module '@grafana/runtime/internal' {
  import type { PluginPageType } from '@grafana/runtime';

  export function setPanelDataErrorView(view: unknown): void;
  export function setPluginPage(page: PluginPageType): void;
}
