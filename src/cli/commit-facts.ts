/** Something that was found out: what it is, and where that stood. */
export interface Fact {
  readonly value: string;
  readonly from: string;
}

/** What can be found out about the commit that is built, in the order it is told. */
export const commitFacts = ['version', 'branch', 'build-url', 'repository-url'] as const;

/** What is known about the commit that is built. */
export type CommitFacts = { readonly [Name in (typeof commitFacts)[number]]?: Fact };
