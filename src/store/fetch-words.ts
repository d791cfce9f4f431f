import type { GitpactError } from '../domain/failure.ts';
import { obstacleIn } from './folder-failure.ts';
import { knownFailure } from './git-failure.ts';

/** That there is no room here for what comes; the host may have a full disk of its own. */
export function roomFailure(stderr: string): GitpactError | undefined {
  const ours = stderr.replace(/^remote:.*$/gm, '');
  return obstacleIn(new Error(ours)) === 'disk full' ? knownFailure(ours) : undefined;
}

/** What git said, without how far it had come. */
export function withoutProgress(stderr: string): string {
  const steps = 'Enumerating|Counting|Compressing|Receiving|Resolving|Writing|Unpacking|Updating|Filtering';
  return stderr
    .replace(/^.*\r(?!\n)/gm, '')
    .replace(
      new RegExp(`^(remote: )?((${steps}) [a-z ]+: +\\d|Total \\d|Delta compression ).*\n?`, 'gm'),
      '',
    );
}
