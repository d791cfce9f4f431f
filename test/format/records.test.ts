import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '../../src/domain/names.ts';
import { readIntegration, readResult, writeIntegration, writeResult } from '../../src/format/contracts.ts';
import {
  readEnvironment,
  readPointer,
  readPresences,
  writeEnvironment,
  writePointer,
  writePresences,
} from '../../src/format/environments.ts';
import {
  readBranch,
  readLatest,
  readPacticipant,
  readTagIndex,
  writeBranch,
  writeLatest,
  writePacticipant,
  writeTagIndex,
} from '../../src/format/pacticipants.ts';
import { newSettingsText, readSettings, writeSettings } from '../../src/format/settings.ts';
import { readVersion, writeVersion } from '../../src/format/versions.ts';
import {
  anyBranch,
  anyEnvironment,
  anyIntegration,
  anyLatest,
  anyPacticipant,
  anyPointer,
  anyPresence,
  anyResult,
  anySettings,
  anyTagIndex,
  anyVersion,
} from './records.ts';

const at = 'some/file';

/** What is read of what was written is what was written, and written again it is the same text. */
function comesBack<T>(
  any: fc.Arbitrary<T>,
  write: (record: T, before?: string) => string,
  read: (text: string, record: T) => T,
): void {
  fc.assert(
    fc.property(any, (record) => {
      const text = write(record);
      const again = read(text, record);
      expect(again).toEqual(record);
      expect(write(again, text)).toBe(text);
      expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
    }),
  );
}

describe('comes back as it was written', () => {
  it('a version', () => comesBack(anyVersion, writeVersion, (text) => readVersion(at, text)));
  it('a branch', () => comesBack(anyBranch, writeBranch, (text) => readBranch(at, text)));
  it('a tag', () => comesBack(anyTagIndex, writeTagIndex, (text) => readTagIndex(at, text)));
  it('a newest version', () => comesBack(anyLatest, writeLatest, (text) => readLatest(at, text)));
  it('an integration', () =>
    comesBack(anyIntegration, writeIntegration, (text) => readIntegration(at, text)));
  it('a result', () => comesBack(anyResult, writeResult, (text, of) => readResult(at, text, of)));
  it('a pointer', () => comesBack(anyPointer, writePointer, (text) => readPointer(at, text)));
  it('a pacticipant', () =>
    comesBack(anyPacticipant, writePacticipant as (record: unknown) => string, (text) =>
      readPacticipant(at, text),
    ));
  it('an environment', () =>
    comesBack(
      anyEnvironment,
      (one, before) => writeEnvironment(one, before),
      (text) => readEnvironment(at, text),
    ));
  it('settings', () =>
    comesBack(
      anySettings,
      (one, before) => writeSettings(one, before),
      (text) => readSettings(at, text),
    ));
  it('what is in an environment, in order of recording', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyPresence, { selector: ({ uuid }) => uuid, maxLength: 5 }),
        (presences) => {
          const sorted = [...presences].sort(
            (a, b) => byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.uuid, b.uuid),
          );
          expect(readPresences(at, writePresences(presences))).toEqual(sorted);
        },
      ),
    );
  });
});

describe('an edit of a file that people edit', () => {
  it('changes a record to any other, whatever the file said before', () => {
    fc.assert(
      fc.property(anyPacticipant, anyPacticipant, (before, after) => {
        const text = writePacticipant(after, writePacticipant(before, undefined));
        expect(readPacticipant(at, text)).toEqual(after);
      }),
    );
    fc.assert(
      fc.property(anyEnvironment, anyEnvironment, (before, after) => {
        const text = writeEnvironment(after, writeEnvironment(before, undefined));
        expect(readEnvironment(at, text)).toEqual(after);
      }),
    );
    fc.assert(
      fc.property(anySettings, anySettings, (before, after) => {
        const text = writeSettings(after, writeSettings(before, undefined));
        expect(readSettings(at, text)).toEqual(after);
      }),
    );
  });

  const file = `# Who to ask: the harbour team
name: Web
displayName: Web # shown in the tables
# the branch we release from
mainBranch: main

labels:
  # kept for the dashboard
  - name: ui
    createdAt: 2026-01-01T00:00:00.000Z
createdAt: 2026-01-01T00:00:00.000Z
`;

  it('keeps comments, blank lines and the order of fields', () => {
    const text = writePacticipant({ ...readPacticipant(at, file), mainBranch: 'trunk' as never }, file);
    expect(text).toBe(file.replace('mainBranch: main', 'mainBranch: trunk'));
  });

  it('keeps comments when it adds and removes fields', () => {
    const { mainBranch: _, ...rest } = readPacticipant(at, file);
    const text = writePacticipant({ ...rest, repositoryUrl: 'https://example.org/web' }, file);
    for (const comment of ['# Who to ask', '# shown in', '# kept for']) expect(text).toContain(comment);
    expect(text).not.toContain('mainBranch');
    expect(text).toContain('repositoryUrl: https://example.org/web\n');
  });

  it('of the settings keeps the comment of a new store', () => {
    const text = writeSettings({ ...readSettings(at, newSettingsText), strict: true }, newSettingsText);
    expect(text).toBe(`${newSettingsText}strict: true\n`);
  });
});
