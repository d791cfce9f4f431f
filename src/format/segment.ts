import { createHash } from 'node:crypto';

const utf8 = new TextEncoder();
/** What was hashed lately: questions ask for the same names over and over. */
const fanOuts = new Map<string, string>();
const longest = 180;
const kept = 120;
const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)/i;
/** Names that need no second look: nothing to encode, nothing reserved. */
const plain = /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,98}[A-Za-z0-9_]$/;
/**
 * The format characters of Unicode 17. The class itself, and that of unassigned characters, change with Unicode: a name
 * would lie in another place for another version of Node.
 */
const format =
  '\\u{ad}\\u{600}-\\u{605}\\u{61c}\\u{6dd}\\u{70f}\\u{890}\\u{891}\\u{8e2}\\u{180e}\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}' +
  '\\u{2060}-\\u{2064}\\u{2066}-\\u{206f}\\u{feff}\\u{fff9}-\\u{fffb}\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}' +
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}';
const unsafe = new RegExp(String.raw`[%/\\:*?"<>|~\p{Cc}\p{Cs}\p{Co}\p{NChar}\p{Zl}\p{Zp}${format}]`, 'u');

/**
 * A name as one segment of a path: itself where that is safe everywhere, else percent-encoded where it must be. Safe
 * means: it cannot leave its folder, be taken for an option or for Git's own folder, or be refused by Windows or macOS.
 * Names too long for a file system keep their beginning and end in `~` and the SHA-1 of the whole.
 */
export function encodeSegment(name: string): string {
  if (plain.test(name) && !reservedOnWindows.test(name)) return name;
  const all = name !== name.normalize('NFC');
  const characters = [...name];
  let encoded = characters
    .map((character, index) => {
      const first = index === 0;
      const last = index === characters.length - 1;
      const edge =
        (first && (character === '.' || character === '-' || character === ' ')) ||
        (last && (character === '.' || character === ' '));
      return edge || unsafe.test(character) || (all && character > '\x7f') ? percent(character) : character;
    })
    .join('');
  if (reservedOnWindows.test(encoded)) encoded = percent(encoded.slice(0, 1)) + encoded.slice(1);
  if (utf8.encode(encoded).length <= longest) return encoded;
  return `${beginning(encoded)}~${sha1(name)}`;
}

/** The name a segment stands for; undefined for one that was shortened (its record says the name). */
export function decodeSegment(segment: string): string | undefined {
  if (segment.includes('~')) return undefined;
  try {
    return segment.includes('%') ? decodeURIComponent(segment) : segment;
  } catch {
    return undefined;
  }
}

/**
 * Two hex digits that spread names over 256 folders: those of the SHA-1 of the folded name, so that names which only
 * differ in case or Unicode form meet in one folder and are noticed.
 */
export function fanOut(name: string): string {
  const known = fanOuts.get(name);
  if (known !== undefined) return known;
  if (fanOuts.size >= 50_000) fanOuts.clear();
  const made = sha1(fold(name)).slice(0, 2);
  fanOuts.set(name, made);
  return made;
}

/** Equal for two names that a case-insensitive or Unicode-normalising file system cannot tell apart. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

function percent(character: string): string {
  return [...utf8.encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function beginning(encoded: string): string {
  let text = '';
  let size = 0;
  for (const [unit] of encoded.matchAll(/%[0-9A-F]{2}|./gsu)) {
    size += utf8.encode(unit).length;
    if (size > kept) break;
    text += unit;
  }
  return text;
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
