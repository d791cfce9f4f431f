/** What a delta of a pack makes of its base (gitformat-pack, "Deltified representation"). */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const source = sizeAt(delta, 0);
  const target = sizeAt(delta, source.next);
  if (source.size !== base.length) throw new Error('a delta is of another base');
  const made = Buffer.allocUnsafe(target.size);
  let [at, i] = [0, target.next];
  while (i < delta.length) {
    const instruction = delta[i] ?? 0;
    i += 1;
    if (instruction === 0) throw new Error('a delta has an instruction that means nothing');
    if (instruction < 128) {
      delta.copy(made, at, i, i + instruction);
      i += instruction;
      at += instruction;
      continue;
    }
    const [from, afterFrom] = numberAt(delta, i, instruction & 15);
    const [length, next] = numberAt(delta, afterFrom, (instruction >> 4) & 7);
    const size = length === 0 ? 65_536 : length;
    if (from + size > base.length) throw new Error('a delta copies what its base does not have');
    base.copy(made, at, from, from + size);
    at += size;
    i = next;
  }
  if (at !== made.length) throw new Error('a delta makes less than it says');
  return made;
}

/** A size: seven bits a byte, the lowest first, and another byte after each that is 128 or more. */
export function sizeAt(bytes: Buffer, start: number): { readonly size: number; readonly next: number } {
  let [size, unit, next] = [0, 1, start];
  for (;;) {
    const byte = bytes[next] ?? 0;
    next += 1;
    size += (byte & 127) * unit;
    unit *= 128;
    if (byte < 128) return { size, next };
  }
}

/** A number whose bytes other than zero are there, the lowest first; `present` has a bit for each that is. */
function numberAt(bytes: Buffer, start: number, present: number): [value: number, next: number] {
  let [value, next] = [0, start];
  for (let place = 0; place < 4; place += 1) {
    if ((present & (1 << place)) === 0) continue;
    value += (bytes[next] ?? 0) * 256 ** place;
    next += 1;
  }
  return [value, next];
}
