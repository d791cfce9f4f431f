import type { Access } from '../../src/http/auth.ts';

/** One who may write, `ci:w`, and one who may only read, `dev:r`; nobody else. */
export const access: Access = {
  writers: [{ username: 'ci', password: 'w' }],
  readers: [{ username: 'dev', password: 'r' }],
  writeTokens: [],
  readTokens: [],
  publicRead: false,
  publicHeartbeat: false,
  publicBadges: false,
};
