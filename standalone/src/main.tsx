/** The page's entry: services first, then the first picture. The boot data were set by a classic script before. */
import './boot/facts';
import 'react-grid-layout/css/styles.css';
import 'react-resizable/css/styles.css';
import './main.css';

import { createRoot } from 'react-dom/client';

import { startServices } from './boot/singletons';
import { App } from './pages/app';
import { interceptLinks } from './pages/links';
import { printAsShown } from './pages/print';

const root = document.getElementById('root')!;

startServices().then(
  () => {
    interceptLinks();
    printAsShown();
    // The sign of a failed query has to be here when the server is not: the browser keeps it.
    void fetch('/public/build/img/icons/unicons/exclamation-triangle.svg');
    createRoot(root).render(<App />);
  },
  (error: unknown) => {
    root.textContent = `KPI Monitor could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
);
