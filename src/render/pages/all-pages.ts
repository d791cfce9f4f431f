import { diffPages } from './contents/diff-page.tsx';
import { contractPages } from './contract/contract-page.tsx';
import { dashboardPage } from './dashboard-page.tsx';
import { environmentsPage } from './environments/environments-page.tsx';
import { explorerPage } from './explorer-page.tsx';
import { historyPage } from './history-page.tsx';
import { deployPages } from './matrix/deploy-page.tsx';
import { matrixPage } from './matrix/matrix-page.tsx';
import { pairMatrixPage } from './matrix/pair-matrix-page.tsx';
import { networkPages } from './network/network-page.tsx';
import { overviewPage } from './overview.tsx';
import { pacticipantPage } from './pacticipant/pacticipant-page.tsx';
import type { Page } from './page.ts';
import { relationPage } from './relation-page.tsx';
import { resultPages } from './result-page.tsx';
import { webhooksPage } from './webhooks-page.tsx';

/** Every page. Of two routes that fit a path, the first answers. */
export const allPages: readonly Page[] = [
  overviewPage,
  ...contractPages,
  ...resultPages,
  pacticipantPage,
  dashboardPage,
  environmentsPage,
  historyPage,
  webhooksPage,
  matrixPage,
  pairMatrixPage,
  ...deployPages,
  ...diffPages,
  ...networkPages,
  explorerPage,
  relationPage,
];
