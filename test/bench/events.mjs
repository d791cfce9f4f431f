// node test/bench/events.mjs --repo STORE [--ranges 1000,10000]: what `gitpact events` takes on a store with a long history.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const built = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));

/** Has a process of Node say on its last line of standard error what it took. */
const telling = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('\\n'+JSON.stringify({cpu:(user+system)/1e6,megabytes:process.resourceUsage().maxRSS/1024})+'\\n')})`;

/**
 * A row for the newest and the oldest so many commits of the repository, and one for all of them. `seconds` and `cpu` are
 * those of the command (without git, which reads for it), `megabytes` the most it had in memory, `first` after how many
 * seconds the first event was out.
 * @param {{ repo: string, ranges?: readonly number[], whole?: boolean, command?: string }} options
 * @returns {Promise<readonly { what: string, commits: number, events: number, seconds: number, cpu: number, first: number, megabytes: number }[]>}
 */
export async function eventRows({ repo, ranges = [1000, 10_000], whole = true, command = built }) {
  const listing = { encoding: 'utf8', maxBuffer: 1 << 30 };
  const listed = execFileSync('git', ['-C', repo, 'rev-list', '--first-parent', 'HEAD'], listing);
  const commits = listed.trim().split('\n');
  const rows = [];
  for (const size of ranges.filter((one) => one < commits.length)) {
    rows.push(await row(command, `the newest ${size}`, size, ['--repo', repo, '--since', commits[size]]));
    rows.push(await row(command, `the oldest ${size}`, size, ['--repo', repo, '--at', commits.at(-size)]));
  }
  if (whole) rows.push(await row(command, 'all', commits.length, ['--repo', repo]));
  return rows;
}

async function row(command, what, commits, args) {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', telling, command, 'events', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [events, first, said] = [0, 0, ''];
  child.stdout.on('data', (chunk) => {
    if (events === 0) first = performance.now() - begin;
    for (const byte of chunk) if (byte === 10) events += 1;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(said);
  const took = JSON.parse(said.trim().split('\n').at(-1));
  return { what, commits, events, seconds: (performance.now() - begin) / 1000, first: first / 1000, ...took };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      repo: { type: 'string' },
      ranges: { type: 'string', default: '1000,10000' },
      command: { type: 'string', default: built },
    },
  });
  const { repo, command } = values;
  const rows = await eventRows({ repo, command, ranges: values.ranges.split(',').map(Number) });
  console.table(rows.map((one) => ({ ...one, ...rounded(one) })));
}

function rounded({ seconds, cpu, first, megabytes }) {
  const short = (number) => Math.round(number * 10) / 10;
  return { seconds: short(seconds), cpu: short(cpu), first: short(first), megabytes: Math.round(megabytes) };
}
