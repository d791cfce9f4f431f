import { everyStory, tellsItself } from './telling.ts';

for (const name of everyStory.filter((one) => one.endsWith('.git.md'))) tellsItself(name);
