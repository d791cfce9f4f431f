import { diffPages } from './contents/diff-page.tsx';
import { contractPages } from './contract/contract-page.tsx';
import { explorerPage } from './explorer-page.tsx';
import { deployPages } from './matrix/deploy-page.tsx';
import { matrixPage } from './matrix/matrix-page.tsx';
import { pairMatrixPage } from './matrix/pair-matrix-page.tsx';
import { networkPages } from './network/network-page.tsx';
import { overviewPage } from './overview.tsx';
import type { Page } from './page.ts';

/** Every page. Of two routes that fit a path, the first answers. */
export const allPages: readonly Page[] = [
  overviewPage,
  ...contractPages,
  matrixPage,
  pairMatrixPage,
  ...deployPages,
  ...diffPages,
  ...networkPages,
  explorerPage,
];
