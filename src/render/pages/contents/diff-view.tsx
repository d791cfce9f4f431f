import type { JsonValue } from '../../../domain/json.ts';
import type { InteractionDiff, PactDiff } from '../../../query/diff.ts';
import { type AlignedLine, alignJson, interactionAt } from '../../../query/diff-alignment.ts';
import { type Change, judgementOf } from '../../../query/diff-change.ts';
import {
  briefly,
  countWords,
  givenWords,
  isEmpty,
  mayBreak,
  reasonWords,
  verdictWords,
} from '../../diff/diff-words.ts';
import { Foldable } from '../foldable.tsx';
import { Heads } from '../heads.tsx';
import type { Markup } from '../page.ts';
import { State } from '../state.tsx';
import { DiffLines } from './diff-lines.tsx';

/** Two contents, and what changed between them. */
export interface ComparedContents {
  readonly before: JsonValue;
  readonly after: JsonValue;
  readonly diff: PactDiff;
}

/** From how many interactions on each is folded. */
const many = 20;

/** How many lines are shown in all; of what comes behind, the changes are told, not the lines. */
const mostLines = 3_000;

/**
 * A difference, interaction by interaction: each change with its meaning for the provider, then the lines. One markup for
 * both views: the stylesheet puts old and new lines beside each other, or one below the other.
 */
export function DiffView({ compared }: { readonly compared: ComparedContents }): Markup {
  const { diff } = compared;
  const isOpen = diff.interactions.length <= many;
  let room = mostLines;
  const interactions = diff.interactions.map((interaction) => {
    const lines = linesOf(interaction, compared);
    room -= lines.length;
    return <Interaction interaction={interaction} lines={room >= 0 ? lines : undefined} isOpen={isOpen} />;
  });
  return (
    <section class="diff" aria-label="What changed">
      <p>
        <Judged isAlarming={!isEmpty(diff) && diff.verdict === 'may-break'} words={verdictWords(diff)} />{' '}
        {countWords(diff)}
      </p>
      <StateNames title="The pact now needs the provider states" names={diff.newStates} />
      <StateNames title="The pact no longer needs the provider states" names={diff.unneededStates} />
      {interactions.length > 0 && <Views />}
      {interactions.length > 2 && <Foldable what="interaction" placeholder="a description, place or value" />}
      {diff.document.length > 0 && (
        <article class="panel">
          <h3>The pact itself</h3>
          <Changes changes={diff.document} />
        </article>
      )}
      {interactions}
    </section>
  );
}

/** The choice of how to look at lines; the stylesheet obeys it. */
function Views(): Markup {
  return (
    <fieldset class="views">
      <legend>Old and new lines</legend>
      <label>
        <input type="radio" name="lines" value="sides" checked /> beside each other
      </label>{' '}
      <label>
        <input type="radio" name="lines" value="inline" /> below each other
      </label>
    </fieldset>
  );
}

function linesOf({ places }: InteractionDiff, { before, after }: ComparedContents): readonly AlignedLine[] {
  return alignJson(interactionAt(before, places.before), interactionAt(after, places.after));
}

/** What a change means for the provider. */
function Judged({ isAlarming, words }: { readonly isAlarming: boolean; readonly words: string }): Markup {
  return isAlarming ? (
    <State of="changed" words={words} title="The provider that passed before may fail now" />
  ) : (
    <State of="verified" words={words} title="The provider that passed before passes still" />
  );
}

function StateNames({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      {title}:{' '}
      {names.map((name, index) => (
        <>
          {index > 0 && ', '}
          <q>{name}</q>
        </>
      ))}
      .
    </p>
  );
}

const changeWords = { added: '+ added', removed: '− removed', changed: '~ changed' } as const;

function Interaction({
  interaction,
  lines,
  isOpen,
}: {
  readonly interaction: InteractionDiff;
  /** Absent where there are too many. */
  readonly lines: readonly AlignedLine[] | undefined;
  readonly isOpen: boolean;
}): Markup {
  const { change, changes, description } = interaction;
  const given = givenWords(interaction);
  return (
    <details class="panel interaction" open={isOpen}>
      <summary>
        <span class={`chip ${change}`}>{changeWords[change]}</span>{' '}
        <h3>
          <bdi>{description || '(no description)'}</bdi>
        </h3>
        {given && (
          <small class="quiet">
            {' '}
            <bdi>{given}</bdi>
          </small>
        )}{' '}
        {mayBreak(changes) && (
          <span class="brief">
            <Judged isAlarming words="may break" />
          </span>
        )}
      </summary>
      {change === 'changed' ? (
        <Changes changes={changes} />
      ) : (
        changes.map(({ reason }) => (
          <p>
            <Judged isAlarming={mayBreak(changes)} words={mayBreak(changes) ? 'may break' : 'cannot break'} />{' '}
            {reasonWords[reason]}
          </p>
        ))
      )}
      {lines ? (
        <DiffLines lines={lines} isWhole={change !== 'changed'} />
      ) : (
        <p class="quiet">There are too many lines to show these, too.</p>
      )}
    </details>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }): Markup {
  return (
    <table class="cards">
      <Heads words={['Where', 'Before', 'Now', 'For the provider']} />
      <tbody>
        {changes.map((change) => {
          const { effect, mayBreak: isAlarming } = judgementOf(change);
          return (
            <tr>
              <td data-is="Where">
                <code>{change.path}</code>
              </td>
              <td data-is="Before">{valueText(change.before)}</td>
              <td data-is="Now">{valueText(change.after)}</td>
              <td>
                <Judged isAlarming={isAlarming} words={effect === 'nothing' ? 'no effect' : effect} />{' '}
                {reasonWords[change.reason]}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function valueText(value: JsonValue | undefined): Markup {
  return value === undefined ? <span class="quiet">nothing</span> : <code>{briefly(value, 80)}</code>;
}
