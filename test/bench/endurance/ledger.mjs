/** What was acknowledged, and how often what happened. */
export class Ledger {
  /** Each acknowledged publication: consumer, version, and the description its interactions have. */
  publications = [];
  /** Each acknowledged result: the path of it, the provider's version, whether it succeeded. */
  results = [];
  /** Each acknowledged deployment: the path of its record. */
  deployments = [];
  /** Each acknowledged tag: the path of it. */
  tags = [];
  counts = {
    questions: 0,
    mixed: 0,
    refused: 0,
    broken: 0,
    kills: 0,
    jumps: 0,
    checks: 0,
  };
  refusals = new Map();

  /** How many writes were acknowledged. */
  get acknowledged() {
    return this.publications.length + this.results.length + this.deployments.length + this.tags.length;
  }

  /** Counts an answer that is no acknowledgement, by what it says. */
  refuse(words) {
    this.counts.refused += 1;
    const kind = words.replace(/\s+/g, ' ').replace(/\d+/g, 'N').slice(0, 160);
    this.refusals.set(kind, (this.refusals.get(kind) ?? 0) + 1);
  }
}
