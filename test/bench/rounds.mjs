/** Figures and how they are taken. A subject is `{ what, measure, beside }`: `measure` resolves to numbers by their units. */

/**
 * Measures subjects side by side: every round measures each once, in turn, so that a change of the machine's speed meets
 * all of them. The first round is not counted; what does not vary (`isOnce`)
 * has no other.
 * @returns a row for each unit of each subject: median, least and most of the rounds; and the median of how many times
 *   what it is `beside`, another subject, round by round.
 */
export async function measureInTurn(subjects, rounds) {
  const figures = new Map(subjects.map(({ what }) => [what, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { what, measure, isOnce } of subjects) {
      if (isOnce && round > 0) continue;
      const figure = await measure(round);
      if (isOnce || round > 0) figures.get(what).push(figure);
    }
  }
  return subjects.flatMap(({ what, beside }) => rowsOf(what, figures.get(what), beside, figures.get(beside)));
}

function rowsOf(what, figures, beside, limits) {
  return Object.keys(figures[0]).map((unit) => {
    const values = sorted(figures.map((figure) => figure[unit]));
    const row = { what, unit, median: median(values), min: values[0], max: values.at(-1) };
    if (limits?.[0][unit] === undefined) return row;
    const ratios = sorted(figures.map((figure, round) => figure[unit] / limits[round][unit]));
    return { ...row, beside, ratio: median(ratios) };
  });
}

/** What a run takes. */
export async function timed(run) {
  const started = performance.now();
  await run();
  return { ms: performance.now() - started };
}

function sorted(values) {
  return values.toSorted((a, b) => a - b);
}

/** The middle one of sorted figures. */
export function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}
