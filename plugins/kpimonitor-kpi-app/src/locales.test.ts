import { wordsOfLocale, wordsOfSource } from '@kpi-monitor/plugin-shared/locales/words-of-source';

import en from './locales/en-US/kpimonitor-kpi-app.json';

it('has every word that the source asks for in the file that translators start from, and nothing else', () => {
  expect(wordsOfLocale(en)).toEqual(wordsOfSource(__dirname));
});
