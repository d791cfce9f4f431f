// npm run bench -- [area …]: figures beside what the machine, Node and git can do at most. See README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areas } from './areas.mjs';
import { machine, tableOf } from './report.mjs';
import { measureInTurn } from './rounds.mjs';
import { storeOf } from './stores.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '2000' },
    stores: { type: 'string', default: join(tmpdir(), 'gitpact-bench') },
    json: { type: 'boolean', default: false },
    'json-file': { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [rounds, count] = [Number(values.rounds), Number(values.requests)];
const chosen =
  positionals.length > 0 ? positionals : Object.keys(areas).filter((name) => !areas[name].isSlow);
const unknown = chosen.filter((name) => !areas[name]);
if (unknown.length > 0) {
  console.error(`There is no area "${unknown.join('", "')}"; there are: ${Object.keys(areas).join(', ')}`);
  process.exit(2);
}

const rows = [];
for (const name of chosen) {
  for (const size of areas[name].isOfNoSize ? [undefined] : sizes) {
    process.stderr.write(`${name}${size === undefined ? '' : `, ${size} versions`}\n`);
    const found = await rowsOf(areas[name], size);
    rows.push(
      ...found.map((row) => ({ area: name, ...(size === undefined ? {} : { versions: size }), ...row })),
    );
  }
}
const report = { machine: machine({ rounds, requests: count }), rows };
const json = `${JSON.stringify(report, null, 2)}\n`;
if (values['json-file']) writeFileSync(values['json-file'], json);
process.stdout.write(values.json ? json : tableOf(report));

/** The rows of an area at a size; what it made and started is gone afterwards. */
async function rowsOf(area, size) {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-bench-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  const ends = [];
  try {
    const store = size === undefined ? undefined : await storeOf(values.stores, size);
    const place = { store, size, folder, count, rounds, onEnd: (end) => ends.push(end) };
    return await measureInTurn(await area.subjects(place), rounds);
  } finally {
    await Promise.all(ends.map((end) => end()));
    process.off('exit', clear);
    clear();
  }
}
