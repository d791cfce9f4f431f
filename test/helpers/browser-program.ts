import { existsSync } from 'node:fs';

/** Where Debian puts its browser. */
export const browserPath = '/usr/bin/chromium';

/** Whether this machine has the browser. Files named `*.browser.test.ts` need it, and are left out where it is not. */
export const hasBrowser = existsSync(browserPath);
