import { spawnSync } from 'node:child_process';

/**
 * Times whole processes side by side: every round runs each command once, in turn, so that a change of the machine's
 * speed meets all of them. The first round is not counted.
 * @returns for each name the milliseconds of its runs, sorted.
 */
export function timeProcesses(commands, rounds) {
  const times = new Map(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, argv, env = {}, expected = [0] } of commands) {
      const started = performance.now();
      const { status, stderr } = spawnSync(argv[0], argv.slice(1), { env: { ...process.env, ...env } });
      const milliseconds = performance.now() - started;
      if (!expected.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr}`);
      if (round > 0) times.get(name).push(milliseconds);
    }
  }
  for (const runs of times.values()) runs.sort((a, b) => a - b);
  return times;
}

/** The middle one of sorted figures. */
export function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}
