declare module 'env-ci' {
  /** What env-ci tells of the build it runs in; which of it is there depends on the CI. */
  interface Build {
    readonly isCi: boolean;
    /** The name of the CI for people; absent when it is none that env-ci knows. */
    readonly name?: string;
    readonly service?: string;
    readonly commit?: string;
    readonly branch?: string;
    readonly tag?: string;
    readonly buildUrl?: string;
    readonly isPr?: boolean;
    /** The branch that a pull request comes from. */
    readonly prBranch?: string;
  }
  export default function envCi(options: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly cwd: string;
  }): Build;
}
