/** For texts that React draws: it escapes already. */
export const interpolation = { escapeValue: false };
