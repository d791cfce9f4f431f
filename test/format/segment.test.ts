import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSegment, encodeSegment, fanOut, fold } from '../../src/format/segment.ts';
import { anyName, hostile } from './names.ts';

const runs = { numRuns: 3000 };
const utf8 = new TextEncoder();

/** What may follow a segment in the name of a file: the longest is that of test results. */
const longestSuffix = `~${Number.MAX_SAFE_INTEGER}.tests.json`;

const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(\..*)?$/i;

/** The rules of file systems and Git, written down anew: every reason this segment would be refused somewhere. */
function dangers(segment: string): string[] {
  const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;
  const onHfs = segment.replace(ignoredByHfs, '').normalize('NFD').toLowerCase();
  const onNtfs = (segment.split(':')[0] ?? '').replace(/[ .]+$/, '').toLowerCase();
  const rules: Record<string, boolean> = {
    'is empty': segment === '',
    'is a step up or nowhere': segment === '.' || segment === '..',
    'is Git’s own on HFS+': /^\.git/.test(onHfs),
    'is Git’s own on NTFS': /^\.git/.test(onNtfs) || /^git~\d+$/.test(onNtfs),
    'leaves its folder': /[/\\]/.test(segment),
    'is forbidden on Windows': /[<>:"|?*]/.test(segment),
    'holds a control or format character': /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(segment),
    'ends with a dot or space': /[. ]$/.test(segment),
    'begins with a space': segment.startsWith(' '),
    'is hidden': segment.startsWith('.'),
    'is an option': segment.startsWith('-'),
    'is a device of Windows': windowsDevice.test(segment),
    'changes on a normalising file system': segment !== segment.normalize('NFC'),
    'is too long': utf8.encode(segment + longestSuffix).length > 255,
  };
  return Object.keys(rules).filter((rule) => rules[rule]);
}

describe('a name as a segment', () => {
  it('comes back exactly, or is marked as shortened', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const segment = encodeSegment(name);
        const decoded = decodeSegment(segment);
        if (decoded === undefined) {
          expect(segment).toMatch(/~[0-9a-f]{40}$/);
          expect(utf8.encode(name).length).toBeGreaterThan(40);
        } else {
          expect(decoded).toBe(name);
        }
      }),
      runs,
    );
  });

  it('is safe on every file system and to Git', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const segment = encodeSegment(name);
        expect(dangers(segment)).toEqual([]);
        expect(dangers(`${segment}.json`).filter((rule) => rule !== 'is too long')).toEqual([]);
      }),
      runs,
    );
  });

  it('stays what it is where that is safe', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_. @+#,=&()é🦜-]{0,30}[A-Za-z0-9_]$/u),
        (name) => {
          fc.pre(!windowsDevice.test(name));
          expect(encodeSegment(name)).toBe(name);
        },
      ),
    );
  });

  it('is another one for another name, also where case and Unicode form are nothing', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        if (a !== b) expect(encodeSegment(a)).not.toBe(encodeSegment(b));
        if (fold(a) !== fold(b)) expect(fold(encodeSegment(a))).not.toBe(fold(encodeSegment(b)));
      }),
      runs,
    );
  });

  it.each(
    ['con', 'PRN', 'Aux', 'nul', 'conin$', 'CONOUT$', 'clock$'].concat(
      [...'0123456789¹²³'].flatMap((digit) => [`com${digit}`, `LPT${digit}`]),
    ),
  )('is no device of Windows: %s', (device) => {
    for (const name of [device, `${device}.txt`, `${device} .txt`]) {
      expect(encodeSegment(name)).toMatch(/^%[46][1-9A-F]|^%[57][0-9]/);
      expect(decodeSegment(encodeSegment(name))).toBe(name);
    }
    expect(encodeSegment(`${device}x`)).toBe(`${device}x`);
  });

  it('is cut between two characters when it is too long', () => {
    expect(encodeSegment(`a${':'.repeat(100)}`)).toMatch(/^a(%3A){39}~[0-9a-f]{40}$/);
    expect(encodeSegment(`a${'🦜'.repeat(100)}`)).toMatch(/^a🦜{29}~[0-9a-f]{40}$/u);
  });

  it('differs for two long names that only differ at their ends', () => {
    const long = 'z'.repeat(400);
    expect(new Set([`${long}1`, `${long}2`, long].map(encodeSegment)).size).toBe(3);
  });

  it.each(hostile.accepted)('is safe for a name that $why', ({ name }) => {
    const segment = encodeSegment(name);
    expect(dangers(segment)).toEqual([]);
    expect([name, undefined]).toContain(decodeSegment(segment));
  });

  it.each([
    ['feat/x', 'feat%2Fx'],
    ['.git', '%2Egit'],
    ['git~1', 'git%7E1'],
    ['CON', '%43ON'],
    ['com1 .txt', '%63om1 .txt'],
    ['50%', '50%25'],
    ['a b', 'a b'],
    ['a ', 'a%20'],
    ['café', 'café'],
    ['cafe\u0301', 'cafe%CC%81'],
    ['🦜', '🦜'],
    ['-rf', '%2Drf'],
    ['\u{e0fff}', '\u{e0fff}'],
    ['\ufdd0', '%EF%B7%90'],
  ])('%s is %s', (name, segment) => {
    expect(encodeSegment(name)).toBe(segment);
  });

  it('of another program that is no encoding stands for nothing', () => {
    expect(decodeSegment('100%')).toBeUndefined();
    expect(decodeSegment('a%FFb')).toBeUndefined();
  });
});

describe('folding', () => {
  it('makes equal what differs in case or Unicode form only', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const folded = fold(name);
        expect(fold(folded)).toBe(folded);
        expect(fold(name.normalize('NFD'))).toBe(folded);
        expect(fold(name.normalize('NFC'))).toBe(folded);
        expect(fold(name.toUpperCase())).toBe(folded);
        expect(fold(name.toLowerCase())).toBe(folded);
        expect(fanOut(name.toUpperCase())).toBe(fanOut(name));
      }),
      runs,
    );
  });

  it('holds for every character there is', () => {
    const odd: string[] = [];
    for (let point = 1; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const character = String.fromCodePoint(point);
      const variants = [character.toUpperCase(), character.toLowerCase(), character.normalize('NFD')];
      if (variants.every((variant) => variant === character)) continue;
      const folded = fold(character);
      variants.push(folded);
      if (variants.some((variant) => fold(variant) !== folded)) odd.push(point.toString(16));
    }
    expect(odd).toEqual([]);
  });

  it.each(hostile.alike)('finds two names alike that differ by $why', ({ names: [a, b] }) => {
    expect(a).not.toBe(b);
    expect(fold(a)).toBe(fold(b));
  });
});

it('is encoded in the characters that FORMAT.md names, and in no class that grows with Unicode', () => {
  const encoded = (code: number) => encodeSegment(`0${String.fromCodePoint(code)}0`).includes('%');
  const named = /[%/\\:*?"<>|~\p{Cc}\p{Co}\p{NChar}\p{Zl}\p{Zp}]/u;
  const formats: number[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (!character.isWellFormed() || character !== character.normalize('NFC')) continue;
    if (encoded(code) && !named.test(character)) formats.push(code);
    if (named.test(character)) expect(encoded(code)).toBe(true);
  }
  expect(formats).toHaveLength(170);
  for (const code of formats) expect(String.fromCodePoint(code)).toMatch(/^\p{Cf}$/u);
  for (const unassigned of [0x378, 0x2fe0, 0xe0080]) expect(encoded(unassigned)).toBe(false);
});
