import { overviewPage } from './overview.tsx';
import type { Page } from './page.ts';

/** Every page. Of two routes that fit a path, the first answers. */
export const allPages: readonly Page[] = [overviewPage];
