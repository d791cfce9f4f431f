import { isJsonObject, type JsonValue } from '../domain/json.ts';
import { answersOf, messageOf, shapeOf } from './diff-interaction.ts';
import type { PactInteraction } from './diff-pairing.ts';
import { type Part, partOf } from './diff-part.ts';

/** One thing that is sent, and who sends it. */
export interface SentPart {
  readonly role: 'request' | 'response' | 'message' | 'answer';
  readonly part: Part;
}

/** What goes to and fro in an interaction, in order: a request and its response, a message, or a message and its answers. */
export function partsOf(interaction: PactInteraction): readonly SentPart[] {
  if (interaction.kind === 'message') return [{ role: 'message', part: messageOf(interaction) }];
  const { json, kind } = interaction;
  const read = (role: SentPart['role'], value: JsonValue | undefined, path: string): SentPart => ({
    role,
    part: partOf(isJsonObject(value) ? value : new Map(), path, shapeOf(interaction)),
  });
  if (kind === 'http') {
    return [
      read('request', json.get('request'), '$.request'),
      read('response', json.get('response'), '$.response'),
    ];
  }
  return [
    read('message', json.get('request'), '$.request'),
    ...answersOf(json).map((answer, index) => read('answer', answer, `$.response[${index}]`)),
  ];
}
