import { JsonNumber, type JsonValue } from '../domain/json.ts';
import { expectedBodyChanges, valueChange } from './diff-body.ts';
import type { Change } from './diff-change.ts';
import { keysOf, sides } from './diff-json.ts';
import { relate } from './diff-looseness.ts';
import { type Field, isOpaque, type Part } from './diff-part.ts';
import { judged } from './diff-request.ts';
import { RuleTally } from './diff-rule-tally.ts';
import { type RuleCategory, ruleKey } from './diff-rules.ts';

/**
 * What changed in what the consumer expects of a response or message: status, headers or metadata, contents, and the
 * rules by which they are compared. Less is safe, more or something else is not (see the table at {@link reasons}).
 */
export function expectationChanges(before: Part, after: Part): readonly Change[] {
  const tally = new RuleTally(before.rules, after.rules);
  return [
    ...statusChanges(before, after, tally),
    ...fieldChanges(before, after, tally),
    ...bodyChanges(before, after, tally),
    ...tally.changes(),
    ...judged(before.generators, after.generators, `${after.path}.generators`, 'response-generator-changed'),
    ...otherChanges(before, after),
  ];
}

function otherChanges(before: Part, after: Part): readonly Change[] {
  const rest = (part: Part) => new Map([...part.rest].filter(([key]) => key !== 'status'));
  return judged(rest(before), rest(after), after.path, 'other-part-changed');
}

/** A missing status is not compared, or compared with 200, as the verifier likes. */
function statusChanges(before: Part, after: Part, tally: RuleTally): readonly Change[] {
  const [was, is] = [before.rest.get('status'), after.rest.get('status')];
  const path = `${after.path}.status`;
  if (was === undefined && is === undefined) return [];
  if (was === undefined || is === undefined) {
    const usual = (was ?? is) instanceof JsonNumber && statusText(was ?? is) === '200';
    const reason = is ? 'expectation-added' : 'expectation-removed';
    return [{ ...sides(path, was, is), reason: usual ? reason : 'status-changed' }];
  }
  const rule = (part: Part) => part.rules.get(ruleKey('status', '$'));
  const relation = relate(
    { example: was, rule: rule(before), inherited: false },
    { example: is, rule: rule(after), inherited: false },
  );
  tally.kept(rule(before), rule(after), relation);
  const change = valueChange(was, is, relation, path);
  if (!change) return [];
  const plain = change.reason === 'value-changed' || change.reason === 'type-changed';
  return [plain ? { ...change, reason: 'status-changed' } : change];
}

function statusText(status: JsonValue | undefined): string | undefined {
  return status instanceof JsonNumber ? status.literal : undefined;
}

function fieldChanges(before: Part, after: Part, tally: RuleTally): readonly Change[] {
  const changes: Change[] = [];
  for (const key of keysOf(before.fields, after.fields)) {
    const [was, is] = [before.fields.get(key), after.fields.get(key)];
    const [old, now] = [ruleFor(before, was), ruleFor(after, is)];
    if (was && is) {
      const relation = relate(
        { example: was.value, rule: old, inherited: false },
        { example: is.value, rule: now, inherited: false },
      );
      tally.kept(old, now, relation);
      const change = valueChange(was.value, is.value, relation, is.path);
      if (change) changes.push({ ...change, before: was.raw, after: is.raw });
    } else {
      tally.went(old);
      tally.came(now);
      const reason = is ? 'expectation-added' : 'expectation-removed';
      changes.push({ ...sides((is ?? was)?.path ?? after.path, was?.raw, is?.raw), reason });
    }
  }
  return changes;
}

function ruleFor(part: Part, field: Field | undefined) {
  if (!field) return undefined;
  const category: RuleCategory = field.path.startsWith(`${part.path}.headers`) ? 'header' : 'metadata';
  return part.rules.get(ruleKey(category, field.name));
}

function bodyChanges(before: Part, after: Part, tally: RuleTally): readonly Change[] {
  const [was, is] = [before.body, after.body];
  if (!was && !is) return [];
  if (!was || !is) return oneBody(before, after, tally);
  const changes: Change[] = [
    ...judged(was.contentType, is.contentType, `${is.holder}.contentType`, 'value-changed'),
  ];
  if (isOpaque(before) || isOpaque(after)) {
    changes.push(...judged(was.value, is.value, is.path, 'value-changed'));
  } else {
    changes.push(
      ...expectedBodyChanges(
        { value: was.value, rules: before.rules },
        { value: is.value, rules: after.rules },
        is.path,
        tally,
      ),
    );
  }
  if (changes.length === 0 && was.encoding !== is.encoding) {
    changes.push({ ...sides(is.path, was.raw, is.raw), reason: 'encoding-changed' });
  }
  return [...changes, ...judged(was.rest, is.rest, is.holder, 'other-part-changed')];
}

function oneBody(before: Part, after: Part, tally: RuleTally): readonly Change[] {
  for (const rule of before.rules.values()) if (rule.category === 'body') tally.went(rule);
  for (const rule of after.rules.values()) if (rule.category === 'body') tally.came(rule);
  const body = after.body ?? before.body;
  const reason = after.body ? 'expectation-added' : 'expectation-removed';
  return [{ ...sides(body?.path ?? after.path, before.body?.value, after.body?.value), reason }];
}
