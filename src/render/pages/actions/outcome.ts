/** What came of an action, for a person. */
export interface Outcome {
  readonly isGood: boolean;
  readonly sentences: readonly string[];
  /** What was sent and what came back; absent where nothing was sent. */
  readonly log?: string;
}

/** Reads what the API answered: the failures of api.md §1.4, or how trying a webhook went (webhooks.md §6). */
export function outcomeOf(status: number, text: string): Outcome {
  const answer = fieldsIn(text);
  if (status >= 400) {
    const told = [answer.error, answer.errors].flatMap(sentencesIn);
    const isMissing = status === 404 ? ['It is not there, or is there no more.'] : [];
    return {
      isGood: false,
      sentences: ['That could not be done.', ...(isMissing.length > 0 ? isMissing : told)],
    };
  }
  if (typeof answer.logs !== 'string') return { isGood: true, sentences: ['Done.'] };
  return answer.success === true
    ? { isGood: true, sentences: ['It was sent, and the receiver said yes.'], log: answer.logs }
    : {
        isGood: false,
        sentences: ['It was sent in vain: the receiver did not say yes, or could not be reached.'],
        log: answer.logs,
      };
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Every text in a failure: a sentence, a list of them, or lists by the field they are about. */
function sentencesIn(told: unknown): readonly string[] {
  if (typeof told === 'string') return [told];
  if (Array.isArray(told)) return told.flatMap(sentencesIn);
  if (typeof told !== 'object' || told === null) return [];
  return Object.entries(told).flatMap(([name, value]) =>
    sentencesIn(value).map((sentence) => (name === 'message' ? sentence : `${name}: ${sentence}`)),
  );
}
