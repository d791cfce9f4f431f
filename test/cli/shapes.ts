/** A type of JSON values, as the README writes it: a small part of TypeScript. */
export type Shape =
  | { readonly kind: 'basic'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }
  | { readonly kind: 'object'; readonly fields: readonly Field[]; readonly open: boolean };

interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

const basic = ['string', 'number', 'boolean', 'unknown'];
const literals: Readonly<Record<string, unknown>> = { null: null, true: true, false: false };

/** The types that a text declares: `type Name = …;`, where `...` in an object allows other fields. */
export function parseShapes(text: string): ReadonlyMap<string, Shape> {
  const tokens = [...text.replace(/\/\/.*$/gm, '').matchAll(/\.\.\.|'[^']*'|[\w$]+|\[\]|[^\s]/g)].map(
    ([token]) => token,
  );
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const next = () => tokens[at++] ?? '';
  const expect = (token: string) => {
    const found = next();
    if (found !== token)
      throw new Error(`${token} expected, not ${found}: ${tokens.slice(at - 8, at + 3).join(' ')}`);
  };
  const union = (): Shape => {
    if (peek() === '|') next();
    const of = [suffixed()];
    while (peek() === '|') {
      next();
      of.push(suffixed());
    }
    return of.length === 1 && of[0] ? of[0] : { kind: 'union', of };
  };
  const suffixed = (): Shape => {
    let shape = single();
    while (peek() === '[]') {
      next();
      shape = { kind: 'list', of: shape };
    }
    return shape;
  };
  const single = (): Shape => {
    const token = next();
    if (token === '{') return object();
    if (token === '(') {
      const inner = union();
      expect(')');
      return inner;
    }
    if (token.startsWith("'")) return { kind: 'literal', value: token.slice(1, -1) };
    if (Object.hasOwn(literals, token)) return { kind: 'literal', value: literals[token] };
    if (!/^\w+$/.test(token)) throw new Error(`a type expected, not ${token}`);
    return basic.includes(token) ? { kind: 'basic', name: token } : { kind: 'named', name: token };
  };
  const object = (): Shape => {
    const fields: Field[] = [];
    let open = false;
    while (peek() !== '}') {
      if (peek() === '...') {
        next();
        open = true;
      } else {
        const name = next().replace(/^'|'$/g, '');
        const optional = peek() === '?';
        if (optional) next();
        expect(':');
        fields.push({ name, optional, shape: union() });
      }
      if (peek() === ';') next();
    }
    next();
    return { kind: 'object', fields, open };
  };
  const shapes = new Map<string, Shape>();
  while (at < tokens.length) {
    expect('type');
    const name = next();
    expect('=');
    shapes.set(name, union());
    expect(';');
  }
  return shapes;
}

/** Holds values against declared types, and remembers which optional fields it has seen. */
export class Shapes {
  readonly #shapes: ReadonlyMap<string, Shape>;
  readonly #seen = new Set<Field>();

  constructor(text: string) {
    this.#shapes = parseShapes(text);
  }

  get names(): readonly string[] {
    return [...this.#shapes.keys()];
  }

  /** What keeps the value from being of the type, place by place; nothing when it is. */
  complaints(value: unknown, name: string): readonly string[] {
    return this.#complaints(value, { kind: 'named', name }, name);
  }

  /** The optional fields that no value has had. */
  unseen(): readonly string[] {
    return [...this.#shapes].flatMap(([name, shape]) => this.#unseenIn(shape, name));
  }

  #unseenIn(shape: Shape, at: string): readonly string[] {
    if (shape.kind === 'list') return this.#unseenIn(shape.of, `${at}[]`);
    if (shape.kind === 'union') return shape.of.flatMap((one) => this.#unseenIn(one, at));
    if (shape.kind !== 'object') return [];
    return shape.fields.flatMap((field) => [
      ...(field.optional && !this.#seen.has(field) ? [`${at}.${field.name}`] : []),
      ...this.#unseenIn(field.shape, `${at}.${field.name}`),
    ]);
  }

  #complaints(value: unknown, shape: Shape, at: string): readonly string[] {
    const unfit = (isFit: boolean, what: string) =>
      isFit ? [] : [`${at} is no ${what}: ${JSON.stringify(value)?.slice(0, 80)}`];
    switch (shape.kind) {
      case 'basic':
        return unfit(shape.name === 'unknown' || typeof value === shape.name, shape.name);
      case 'literal':
        return unfit(value === shape.value, JSON.stringify(shape.value));
      case 'named': {
        const named = this.#shapes.get(shape.name);
        return named ? this.#complaints(value, named, at) : [`${at}: there is no type ${shape.name}`];
      }
      case 'list':
        if (!Array.isArray(value)) return unfit(false, 'list');
        return value.flatMap((item, index) => this.#complaints(item, shape.of, `${at}[${index}]`));
      case 'union': {
        const attempts = shape.of.map((one) => this.#complaints(value, one, at));
        return attempts.reduce((best, one) => (one.length < best.length ? one : best));
      }
      case 'object':
        return this.#objectComplaints(value, shape, at);
    }
  }

  #objectComplaints(
    value: unknown,
    { fields, open }: Extract<Shape, { kind: 'object' }>,
    at: string,
  ): readonly string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
    const known = new Set(fields.map(({ name }) => name));
    const extra = open ? [] : Object.keys(value).filter((name) => !known.has(name));
    return [
      ...extra.map((name) => `${at}.${name} is not documented`),
      ...fields.flatMap((field) => {
        if (!Object.hasOwn(value, field.name))
          return field.optional ? [] : [`${at}.${field.name} is missing`];
        this.#seen.add(field);
        const inner: unknown = Reflect.get(value, field.name);
        return this.#complaints(inner, field.shape, `${at}.${field.name}`);
      }),
    ];
  }
}
