/** What keeps a folder from being made: the folder is a file or lies below one, this user may not, or no room. */
export type Obstacle = 'file in the way' | 'not allowed' | 'disk full';

const signs: readonly (readonly [pattern: RegExp, obstacle: Obstacle])[] = [
  [/ENOTDIR|EEXIST|not a directory|file exists/i, 'file in the way'],
  [/EACCES|EPERM|EROFS|permission denied|read-only file system/i, 'not allowed'],
  [/ENOSPC|EDQUOT|EFBIG|no space left|out of disk ?space|disk quota|file too large/i, 'disk full'],
];

/** The obstacle that an error of the file system or of git tells of; undefined when it tells of another. */
export function obstacleIn(error: unknown): Obstacle | undefined {
  const { code = '', message = '', cause } = error as { code?: string; message?: string; cause?: unknown };
  const text = `${code} ${message} ${cause instanceof Error ? cause.message : ''}`;
  return signs.find(([pattern]) => pattern.test(text))?.[1];
}

/** The obstacle as the end of a sentence. */
export const obstacleWords: Readonly<Record<Obstacle, string>> = {
  'file in the way': 'there is a file where a folder must be',
  'not allowed': 'this user may not write there',
  'disk full': 'the disk is full',
};
