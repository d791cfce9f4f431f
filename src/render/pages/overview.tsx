import { page } from './page.ts';
/** x */
export const overviewPage = page({
  path: '/',
  question: () => 1,
  title: () => 'gitpact',
  component: () => <h1>Hello</h1>,
});
