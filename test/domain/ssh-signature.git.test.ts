import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sshSigner } from '../../src/domain/ssh-signature.ts';
import { type SshKey, sshKey } from '../store/keys.ts';
import { newFolder } from '../store/places.ts';

const folder = newFolder();

function signatureOf({ file }: SshKey, text: string, namespace = 'git'): string {
  const args = ['-q', '-Y', 'sign', '-n', namespace, '-f', file];
  return execFileSync('ssh-keygen', args, {
    input: text,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Whether ssh-keygen believes it. */
function isBelieved({ line }: SshKey, text: string, signature: string): boolean {
  const [allowed, file] = [join(folder, 'allowed'), join(folder, 'signature')];
  writeFileSync(allowed, `a@example.org ${line}\n`);
  writeFileSync(file, signature);
  const args = ['-Y', 'verify', '-n', 'git', '-f', allowed, '-I', 'a@example.org', '-s', file];
  return spawnSync('ssh-keygen', args, { input: text }).status === 0;
}

describe.each(['ed25519', 'ecdsa', 'rsa'])('a signature of ssh with a key of the type %s', (type) => {
  const [key, other] = [sshKey(type), sshKey(type)];
  const named = key.line.split(' ').slice(0, 2).join(' ');
  const good = signatureOf(key, 'text');

  it('tells who made it', () => {
    expect(sshSigner(good, Buffer.from('text'))).toBe(named);
    expect(sshSigner(signatureOf(other, 'text'), Buffer.from('text'))).not.toBe(named);
  });

  it('is none of other bytes, nor one for another purpose', () => {
    expect(sshSigner(good, Buffer.from('texts'))).toBeUndefined();
    expect(sshSigner(signatureOf(key, 'text', 'file'), Buffer.from('text'))).toBeUndefined();
  });

  it('is believed when ssh-keygen believes it, and never when that does not, with any byte changed', () => {
    const body = Buffer.from(good.split('\n').slice(1, -2).join(''), 'base64');
    for (let at = 0; at < body.length; at += type === 'rsa' ? 29 : 5) {
      const changed = Buffer.from(body);
      changed.writeUInt8((changed.readUInt8(at) ?? 0) ^ 0x41, at);
      const text = changed.toString('base64').replace(/.{70}/g, '$&\n');
      const armored = `-----BEGIN SSH SIGNATURE-----\n${text}\n-----END SSH SIGNATURE-----\n`;
      const signer = sshSigner(armored, Buffer.from('text'));
      expect([at, signer === named]).toEqual([at, isBelieved(key, 'text', armored)]);
    }
  });
});

it.each([
  '',
  'text',
  '-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----',
  '-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----',
])('what is no signature has nobody: %j', (text) =>
  expect(sshSigner(text, Buffer.from('text'))).toBeUndefined(),
);
