// The API browser: shows what the API answers, follows links, fills templates and sends requests, with what the browser
// knows of the user. Everything is put in as text: nothing that is answered becomes markup.

const root = document.querySelector('[data-explorer]');
root.hidden = false;
/** The path of the server below its host: empty, or `/broker`. */
const base = location.pathname.replace(/\/hal-browser\/.*$/, '');
const form = root.querySelector('form');
const { method, url, accept, body } = form.elements;
const bodyField = root.querySelector('[data-body]');
const answer = root.querySelector('[data-answer]');

/** An element; attributes that are functions listen to events of that name. */
function make(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

/** The path of an address on this server, from its root: `/pacticipants`; undefined elsewhere. */
function pathOf(href) {
  const { origin } = location;
  const path = href.startsWith(`${origin}/`) || href === origin ? href.slice(origin.length) || '/' : href;
  return /^\/(?!\/)/.test(path) ? path : undefined;
}

const hasBody = (how) => how !== 'GET' && how !== 'DELETE';

/** Goes to a path; anything but reading is only prepared, for the user to send. */
function show(path, how = 'GET') {
  method.value = how;
  url.value = path;
  bodyField.hidden = !hasBody(how);
  if (how !== 'GET') {
    url.scrollIntoView({ block: 'center' });
    (hasBody(how) ? body : url).focus();
  } else if (location.hash === `#${path}`) {
    void send();
  } else {
    location.hash = path;
  }
}

async function send() {
  const path = url.value.trim() || '/';
  const text = hasBody(method.value) ? body.value.trim() : '';
  const started = performance.now();
  answer.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(path, {
      method: method.value,
      headers: { accept: accept.value, ...(text ? { 'content-type': 'application/json' } : {}) },
      credentials: 'same-origin',
      ...(text ? { body: text } : {}),
    });
    tell(path, response, await response.text(), Math.round(performance.now() - started));
  } catch (error) {
    answer.replaceChildren(make('p', { class: 'problem', role: 'alert' }, `No answer: ${error.message}`));
  }
  answer.removeAttribute('aria-busy');
}

function tell(path, response, text, milliseconds) {
  const { ok, status, statusText, headers } = response;
  const state = make('strong', { class: ok ? 'state verified' : 'state failed' }, `${status} ${statusText}`);
  const facts = make('dl', { class: 'facts' });
  for (const [name, value] of headers) facts.append(make('dt', {}, name), make('dd', {}, value));
  const json = parsed(text);
  answer.replaceChildren(
    make('p', {}, state, ` ${path}, in ${milliseconds} ms`),
    make('details', {}, make('summary', {}, 'Headers of the answer'), facts),
    ...linkTable(json),
    make('h2', {}, 'Answer'),
    make('pre', { tabindex: '0' }, ...(json === undefined ? [text || '(nothing)'] : written(json, ''))),
  );
  document.title = `${path} · API browser · gitpact`;
}

/** JSON, or undefined for any other text. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON in lines, addresses of this server as links. */
function written(value, indent) {
  if (value !== null && typeof value === 'object') {
    const isList = Array.isArray(value);
    const [open, close] = isList ? '[]' : '{}';
    const entries = Object.entries(value);
    if (entries.length === 0) return [open + close];
    const lines = entries.flatMap(([key, member], index) => [
      `${index === 0 ? '' : ','}\n${indent}  `,
      ...(isList ? [] : [make('span', { class: 'json-key' }, JSON.stringify(key)), ': ']),
      ...written(member, `${indent}  `),
    ]);
    return [open, ...lines, `\n${indent}${close}`];
  }
  if (typeof value !== 'string') return [make('span', { class: 'json-number' }, String(value))];
  const path = value.includes('{') ? undefined : pathOf(value);
  if (path === undefined) return [make('span', { class: 'json-string' }, JSON.stringify(value))];
  return ['"', make('a', { href: `#${path}` }, value), '"'];
}

/** The links of a document: those to follow, those to fill, and what else may be sent there. */
function linkTable(json) {
  const curies = [json?._links?.curies ?? []].flat();
  const rows = Object.entries(json?._links ?? {})
    .filter(([relation]) => relation !== 'curies')
    .flatMap(([relation, links]) => [links].flat().map((link) => linkRow(relation, link, curies)));
  if (rows.length === 0) return [];
  const head = ['Relation', 'Leads to', 'Send there'].map((words) => make('th', { scope: 'col' }, words));
  const table = make(
    'table',
    { class: 'cards' },
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows),
  );
  return [make('h2', {}, 'Links'), table];
}

/** Where the meaning of a relation such as `pb:version` is told, on this server. */
function docOf(relation, curies) {
  const [prefix, rel] = relation.split(':');
  const { href = '' } = curies.find(({ name }) => name === prefix) ?? {};
  return rel === undefined ? undefined : pathOf(href.replace('{rel}', encodeURIComponent(rel)));
}

function linkRow(relation, { href = '', title, name }, curies) {
  const path = pathOf(href);
  const said = [title, name].filter(Boolean).join(' · ');
  const isTemplate = /\{[^}]+\}/.test(href);
  const doc = docOf(relation, curies);
  return make(
    'tr',
    {},
    make(
      'td',
      {},
      doc === undefined ? make('code', {}, relation) : make('a', { href: doc }, make('code', {}, relation)),
      make('div', { class: 'quiet' }, said),
    ),
    make(
      'td',
      {},
      path === undefined ? href : isTemplate ? template(path) : make('a', { href: `#${path}` }, path),
    ),
    make('td', {}, ...(path === undefined || isTemplate ? [] : [others(relation, path)])),
  );
}

/** A choice of the other methods. */
function others(relation, path) {
  const options = ['POST', 'PUT', 'PATCH', 'DELETE'].map((how) => make('option', {}, how));
  const choose = ({ target }) => {
    if (target.value) show(path, target.value);
    target.value = '';
  };
  const label = `Send something else to ${relation}`;
  return make(
    'select',
    { 'aria-label': label, change: choose },
    make('option', { value: '' }, '…'),
    ...options,
  );
}

/** A form with a field for each `{name}`. */
function template(path) {
  const names = [...new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name))];
  const fields = names.map((name) =>
    make(
      'label',
      { class: 'field' },
      make('span', {}, name),
      make('input', { name, required: '', autocomplete: 'off' }),
    ),
  );
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((how) => make('option', {}, how));
  const how = make('select', { 'aria-label': `Method for ${path}` }, ...methods);
  const fill = (event) => {
    event.preventDefault();
    const values = new FormData(event.target);
    show(
      path.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(String(values.get(name)))),
      how.value,
    );
  };
  return make(
    'form',
    { class: 'template', submit: fill },
    make('code', {}, path),
    ...fields,
    how,
    make('button', {}, 'Go'),
  );
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const path = url.value.trim() || '/';
  if (method.value === 'GET') show(path);
  else if (method.value !== 'DELETE' || confirm(`Delete ${path}? This cannot be undone here.`)) void send();
});
method.addEventListener('change', () => {
  bodyField.hidden = !hasBody(method.value);
});

/** Reads what the address names after its `#`; without, the index of the API. */
function follow() {
  const asked = location.hash.slice(1) || `${base}/`;
  method.value = 'GET';
  bodyField.hidden = true;
  url.value = pathOf(asked) ?? `${base}/`;
  void send();
}

addEventListener('hashchange', follow);
follow();
