import { expect, it } from 'vitest';
import { outcomeIn } from '../../src/store/receive-pack.ts';

const ref = 'refs/heads/main';

function packet(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

const flush = Buffer.from('0000');

function band(number: number, content: Buffer): Buffer {
  return packet(Buffer.concat([Buffer.from([number]), content]));
}

/** What a host answers: `lines` as its report, cut after `cut` bytes into two packets, and what it `tells`. */
function answer(lines: readonly string[], tells = '', cut = 7): Buffer {
  const report = Buffer.concat([...lines.map((line) => packet(`${line}\n`)), flush]);
  return Buffer.concat([
    ...(tells === '' ? [] : [band(2, Buffer.from(tells))]),
    band(1, report.subarray(0, cut)),
    band(1, report.subarray(cut)),
    flush,
  ]);
}

it.each([1, 4, 20])('takes only the word of the host for a success, however it is cut (%i)', (cut) => {
  expect(outcomeIn(answer(['unpack ok', `ok ${ref}`], '', cut), ref)).toEqual({ kind: 'in' });
  expect(outcomeIn(answer(['unpack ok', 'ok refs/heads/other'], '', cut), ref).kind).toBe('unknown');
});

it('tells a lost race from a refusal, with the words of the host', () => {
  expect(outcomeIn(answer(['unpack ok', `ng ${ref} failed to update ref`]), ref)).toMatchObject({
    kind: 'lost',
  });
  const refused = answer(['unpack ok', `ng ${ref} pre-receive hook declined`], 'Only on\nMondays.\n');
  expect(outcomeIn(refused, ref)).toMatchObject({
    kind: 'refused',
    error: { message: expect.stringContaining('Only on Mondays.') },
  });
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a web page', Buffer.from('<html>Sign in</html>')],
  ['half an answer', answer(['unpack ok', `ok ${ref}`]).subarray(0, 20)],
  ['a packet of no length', Buffer.from('0001000300040002')],
])('knows nothing after %s', (_what, bytes) => {
  expect(outcomeIn(bytes, ref).kind).toBe('unknown');
});
