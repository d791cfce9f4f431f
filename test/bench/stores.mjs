/** Seeded stores, each made once and then only read; whoever writes does so in a copy. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from './requests.mjs';
import { seed } from './seed.mjs';

/** The store of so many versions below `folder`. */
export async function storeOf(folder, size) {
  const repo = join(folder, `${size}.git`);
  if (existsSync(join(repo, 'packed-refs')) || existsSync(join(repo, 'refs/heads/main'))) return repo;
  mkdirSync(folder, { recursive: true });
  const progress = (done, all) => process.stderr.write(`\rseeding ${done} of ${all} versions`);
  await seed({ pacticipants: services, versions: size / services, repo, progress });
  process.stderr.write('\n');
  return repo;
}

/** A repository with the commits of another, which stays as it is, and a branch of its own. */
export function copyOf(store, path) {
  rmSync(path, { recursive: true, force: true });
  git('init', '-q', '--bare', '-b', 'main', path);
  writeFileSync(join(path, 'objects/info/alternates'), `${join(store, 'objects')}\n`);
  const tip = git('--git-dir', store, 'rev-parse', 'refs/heads/main').trim();
  git('--git-dir', path, 'update-ref', 'refs/heads/main', tip);
  return path;
}

/** The output of git. */
export function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}
