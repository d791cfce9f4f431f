import { type AlignedLine, differingPart, foldEqual } from '../../../query/diff-alignment.ts';
import type { Markup } from '../page.ts';

/** From how many lines on a whole interaction is folded. */
const longInteraction = 40;

/**
 * Lines of two contents. Each stretch of differing lines is one block with its old and its new lines, so that the stylesheet
 * can put them beside or below each other.
 */
export function DiffLines({
  lines,
  isWhole,
}: {
  readonly lines: readonly AlignedLine[];
  /** Whether one side is empty: the interaction was added or removed. */
  readonly isWhole: boolean;
}): Markup {
  const stretches = isWhole ? [{ kind: 'shown' as const, lines }] : foldEqual(lines);
  const code = (
    <div class={isWhole ? 'lines whole' : 'lines'}>
      {stretches.map((stretch) =>
        stretch.kind === 'folded' ? (
          <Folded lines={stretch.lines} />
        ) : (
          blocksIn(stretch.lines).map((block) => <Block lines={block} />)
        ),
      )}
    </div>
  );
  if (!isWhole || lines.length < longInteraction) return code;
  return (
    <details>
      <summary>{lines.length} lines</summary>
      {code}
    </details>
  );
}

function Folded({ lines }: { readonly lines: readonly AlignedLine[] }): Markup {
  return (
    <details class="folded">
      <summary>{lines.length} equal lines</summary>
      {lines.map(({ after }) => (
        <Line number={after?.number} sign=" " text={after?.text ?? ''} />
      ))}
    </details>
  );
}

/** Splits lines where equal ones and differing ones meet. */
function blocksIn(lines: readonly AlignedLine[]): readonly (readonly AlignedLine[])[] {
  const blocks: AlignedLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last?.[0]?.isSame === line.isSame) last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function Block({ lines }: { readonly lines: readonly AlignedLine[] }): Markup {
  const isSame = lines[0]?.isSame ?? true;
  return (
    <div class={isSame ? 'block same' : 'block'}>
      <Side lines={lines} of="before" sign={isSame ? ' ' : '-'} />
      <Side lines={lines} of="after" sign={isSame ? ' ' : '+'} />
    </div>
  );
}

type Sign = ' ' | '-' | '+';

function Side({
  lines,
  of,
  sign,
}: {
  readonly lines: readonly AlignedLine[];
  readonly of: 'before' | 'after';
  readonly sign: Sign;
}): Markup {
  const other = of === 'before' ? 'after' : 'before';
  return (
    <div class={of}>
      {lines.map((line) => {
        const own = line[of];
        const beside = sign === ' ' ? undefined : line[other]?.text;
        return own ? <Line number={own.number} sign={sign} text={own.text} beside={beside} /> : '';
      })}
    </div>
  );
}

const lineKinds: Readonly<Record<Sign, string>> = { '-': 'removed', '+': 'added', ' ': 'same' };

function Line({
  number,
  sign,
  text,
  beside,
}: {
  readonly number: number | undefined;
  readonly sign: Sign;
  readonly text: string;
  /** The line it stands beside: where they differ is marked. */
  readonly beside?: string | undefined;
}): Markup {
  return (
    <div class={`line ${lineKinds[sign]}`}>
      <span class="place" aria-hidden="true">
        {number}
      </span>
      <span class="sign">{sign}</span>
      <code>{beside === undefined ? text : <Marked text={text} beside={beside} />}</code>
    </div>
  );
}

function Marked({ text, beside }: { readonly text: string; readonly beside: string }): Markup {
  const { head, before, tail } = differingPart(text, beside);
  return (
    <>
      {head}
      <mark>{before}</mark>
      {tail}
    </>
  );
}
