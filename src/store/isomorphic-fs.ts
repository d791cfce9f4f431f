import fs from 'node:fs';
import { writeWhole } from './durable-file.ts';

/** The file system for isomorphic-git, with files that appear as a whole: it would write them in place. */
export const wholeFs = {
  promises: {
    ...fs.promises,
    writeFile: (path: string, data: Uint8Array | string) => writeWhole(path, data, { sync: false }),
  },
};
