import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { gpgSigners } from '../../src/store/gpg.ts';
import { gpgHome } from './keys.ts';

const { home, fingerprints } = gpgHome('ada', 'bea');
const stranger = gpgHome('eve');

afterAll(() => {
  for (const one of [home, stranger.home]) {
    spawnSync('gpgconf', ['--homedir', one, '--kill', 'all']);
    rmSync(one, { recursive: true, force: true, maxRetries: 3 });
  }
});

function sign(bytes: string, key: string, from = home): string {
  const args = ['--homedir', from, '--batch', '--quiet', '-bsau', key];
  return execFileSync('gpg', args, { input: bytes, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
}

const [ada = '', bea = ''] = fingerprints;
const env = { ...process.env, GNUPGHOME: home };
const signed = (signature: string, bytes: string) => ({ signature, bytes: Buffer.from(bytes) });

function packetsOf(armored: string): Buffer {
  const [, body = ''] = /\n\n([\s\S]*?)\n=/.exec(armored) ?? [];
  return Buffer.from(body, 'base64');
}

function armoredWith(packets: Buffer): string {
  const body = packets.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN PGP SIGNATURE-----\n\n${body}\n-----END PGP SIGNATURE-----\n`;
}

it('tells of many signatures whose each is, in their order', async () => {
  const all = [
    signed(sign('one', ada), 'one'),
    signed(sign('one', ada), 'two'),
    signed(sign('three', bea), 'three'),
    signed(sign('four', stranger.fingerprints[0] ?? '', stranger.home), 'four'),
    signed('-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n', 'five'),
    signed(sign('six\r\n\n', ada), 'six\r\n\n'),
  ];
  expect(await gpgSigners(all, { env })).toEqual([[ada], undefined, [bea], 'unknown', undefined, [ada]]);
});

it('believes no signature that brings along what it is of', async () => {
  const good = packetsOf(sign('good', ada));
  const body = Buffer.concat([Buffer.from('b\0\0\0\0\0'), Buffer.from('good')]);
  const literal = Buffer.concat([Buffer.from([0xcb, body.length]), body]);
  const forged = [
    Buffer.concat([good, literal]),
    Buffer.concat([literal, good]),
    Buffer.concat([good, literal, good]),
    Buffer.concat([good, good]),
  ].map((packets) => signed(armoredWith(packets), 'evil'));
  expect(await gpgSigners([signed(armoredWith(good), 'good'), ...forged], { env })).toEqual([
    [ada],
    ...forged.map(() => undefined),
  ]);
});

it('knows nobody where there is no gpg', async () => {
  const all = [signed(sign('one', ada), 'one')];
  expect(await gpgSigners(all, { env: { PATH: '/nowhere' } })).toEqual(['unknown']);
});
