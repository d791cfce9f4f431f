import { type FailureKind, GitpactError } from '../domain/failure.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

const codeOf: Readonly<Record<FailureKind, ExitCode>> = {
  usage: exitCodes.usage,
  missing: exitCodes.usage,
  conflict: exitCodes.usage,
  busy: exitCodes.outside,
  refused: exitCodes.outside,
  outside: exitCodes.outside,
  bug: exitCodes.bug,
};

/** Tells of a failure on standard error, a sentence, every complaint and a hint, and gives its exit code. */
export function tellFailure(world: World, error: unknown, debug: boolean): ExitCode {
  if (!(error instanceof GitpactError)) {
    const said = error instanceof Error ? error.message : String(error);
    world.err(`gitpact: this is a bug of gitpact, please report it: ${said}\n`);
    world.err(debug ? `${stackOf(error)}\n` : '  Run it again with --debug to see where it happened.\n');
    return exitCodes.bug;
  }
  world.err(`gitpact: ${error.message}\n`);
  for (const { where, text } of error.complaints) {
    const told = where === '' ? [text] : [`${where}: ${text}`, `${where} ${text}`];
    if (!told.some((line) => error.message.includes(line)))
      world.err(`  ${where === '' ? '' : `${where}: `}${text}\n`);
  }
  if (error.hint) world.err(`  ${error.hint}\n`);
  if (debug) world.err(`${stackOf(error)}\n`);
  return codeOf[error.kind];
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
