/** Whole processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The command under test. */
export const gitpact = [process.execPath, fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url))];

/** What every command of Node pays. */
export const bareNode = [process.execPath, '-e', '0'];

/**
 * Runs a process to its end; its output is thrown away.
 * @param expected the exit codes that are fine
 */
export async function runProcess([command, ...args], { env = {}, input, expected = [0] } = {}) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin?.end(input);
  const [code] = await once(child, 'close');
  if (!expected.includes(code)) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
}
