import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/*
 * Signatures of ssh, as `ssh-keygen -Y sign` makes them (OpenSSH's PROTOCOL.sshsig). They are checked here, without a
 * process for each, so that a history of a hundred thousand can be.
 */

/** Reads the fields of a blob of ssh one after another: each says its length first. */
class Blob {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws RangeError when there is no more */
  whole(): number {
    const value = this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  /** @throws RangeError when there is no more */
  take(length = this.whole()): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('the blob ends before its field');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return this.take().toString('latin1');
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}

/** A public key that signatures can be checked with, and how. */
interface Checker {
  readonly key: KeyObject;
  /** The hash of each kind of signature that it makes; null where the algorithm has its own. */
  readonly hashes: Readonly<Record<string, string | null>>;
  /** The bytes of each of the two numbers that a signature is, where it is two numbers. */
  readonly size?: number;
}

const curves: Readonly<Record<string, { crv: string; size: number; hash: string }>> = {
  nistp256: { crv: 'P-256', size: 32, hash: 'sha256' },
  nistp384: { crv: 'P-384', size: 48, hash: 'sha384' },
  nistp521: { crv: 'P-521', size: 66, hash: 'sha512' },
};

/** Why a text cannot be a public key of ssh that signatures are checked with; undefined when it can. */
export function whyNotAnSshKey(line: string): string | undefined {
  const [type = '', blob = ''] = line.split(' ');
  if (type.startsWith('sk-'))
    return `is a key of a token (${type}): signatures of those cannot be checked yet`;
  try {
    checkerOf(Buffer.from(blob, 'base64'), type);
    return undefined;
  } catch {
    return 'must be a public key of ssh, such as ssh-ed25519 AAAA…, of the type ed25519, ecdsa or rsa';
  }
}

/**
 * The public key (`ssh-ed25519 AAAA…`) that has signed these bytes for git; undefined when the signature is none, is of
 * something else, or of a kind that is not known.
 */
export function sshSigner(armored: string, bytes: Uint8Array): string | undefined {
  try {
    return signer(armored, bytes);
  } catch {
    // What is no signature fails to be read in as many ways as there are fields.
    return undefined;
  }
}

function signer(armored: string, bytes: Uint8Array): string | undefined {
  const [, body] =
    /^-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*$/.exec(armored) ?? [];
  const blob = new Blob(Buffer.from(body ?? '', 'base64'));
  if (blob.take(6).toString('latin1') !== 'SSHSIG' || blob.whole() !== 1) return undefined;
  const publicKey = blob.take();
  const [namespace, reserved, hash] = [blob.take(), blob.take(), blob.text()];
  const signature = new Blob(blob.take());
  if (!blob.isAtEnd || namespace.toString('latin1') !== 'git' || !/^sha(256|512)$/.test(hash))
    return undefined;
  const type = new Blob(publicKey).text();
  const digest = createHash(hash).update(bytes).digest();
  const fields = [namespace, reserved, Buffer.from(hash), digest];
  const signed = Buffer.concat([
    Buffer.from('SSHSIG'),
    ...fields.flatMap((field) => [lengthOf(field), field]),
  ]);
  const { key, hashes, size } = checkerOf(publicKey, type);
  const algorithm = hashes[signature.text()];
  if (algorithm === undefined) return undefined;
  const value = signature.take();
  const pair = size === undefined ? value : numbersIn(value, size);
  const options = size === undefined ? key : ({ key, dsaEncoding: 'ieee-p1363' } as const);
  return verify(algorithm, signed, options, pair) ? `${type} ${publicKey.toString('base64')}` : undefined;
}

/** @throws when the bytes are no public key of the type */
function checkerOf(bytes: Buffer, type: string): Checker {
  const blob = new Blob(bytes);
  if (blob.text() !== type) throw new TypeError('the key is of another type');
  if (type === 'ssh-ed25519') {
    const key = keyOf({ kty: 'OKP', crv: 'Ed25519', x: blob.take().toString('base64url') });
    return { key, hashes: { 'ssh-ed25519': null } };
  }
  if (type === 'ssh-rsa') {
    const [e, n] = [blob.take().toString('base64url'), withoutSign(blob.take()).toString('base64url')];
    return {
      key: keyOf({ kty: 'RSA', e, n }),
      hashes: { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' },
    };
  }
  const curve = curves[blob.text()];
  if (!curve) throw new TypeError('the key is of an unknown type');
  const { crv, size, hash } = curve;
  const point = blob.take();
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)].map((half) =>
    half.toString('base64url'),
  );
  return { key: keyOf({ kty: 'EC', crv, x, y }), hashes: { [type]: hash }, size };
}

function keyOf(key: Record<string, string | undefined>): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

/** The two numbers of a signature by an elliptic curve, each in so many bytes. */
function numbersIn(value: Buffer, size: number): Buffer {
  const blob = new Blob(value);
  return Buffer.concat(
    [blob.take(), blob.take()].map((number) => {
      const bytes = withoutSign(number);
      return Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
    }),
  );
}

function withoutSign(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}

function lengthOf(field: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(field.length);
  return bytes;
}
