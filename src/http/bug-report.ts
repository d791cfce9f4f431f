import { randomInt } from 'node:crypto';
import type { AppOptions } from './settings.ts';

/** Logs what is not in the catalogue of failures. @returns the reference to find it by: ten letters */
export function reportBug(error: unknown, { log }: AppOptions): string {
  const reference = Array.from({ length: 10 }, () => String.fromCharCode(97 + randomInt(26))).join('');
  log?.error({ err: error, reference });
  return reference;
}
