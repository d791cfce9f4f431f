// What pages do when scripts run: how long ago something was, tables that are searched and sorted, texts that are copied.
// Every page says the same without it.

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const order = new Intl.Collator('en', { numeric: true }).compare;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago a moment was: `3 days ago`. */
function ago(then) {
  const seconds = Math.round((Date.now() - then) / 1000);
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return relative.format(-Math.round(seconds / length), unit);
  }
  return 'just now';
}

for (const time of document.querySelectorAll('time[datetime]')) {
  const then = Date.parse(time.dateTime);
  if (Number.isNaN(then)) continue;
  time.title = time.textContent;
  time.textContent = ago(then);
}

/** Shows the rows of a table that have all words of the search, and every chosen option. */
function filter(form, table) {
  const words = (form.elements.search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = [...form.querySelectorAll('select[data-filter]')].filter((select) => select.value !== '');
  let shown = 0;
  for (const body of table.tBodies) {
    let inGroup = 0;
    for (const row of body.rows) {
      if (row.classList.contains('group')) continue;
      if (words.length > 0) row.searched ??= row.textContent.toLowerCase();
      const fits =
        words.every((word) => row.searched.includes(word)) &&
        chosen.every((select) =>
          (row.dataset[select.dataset.filter] ?? '').split('\n').includes(select.value),
        );
      row.hidden = !fits;
      if (fits) inGroup += 1;
    }
    shown += inGroup;
    for (const row of body.querySelectorAll('tr.group')) row.hidden = inGroup === 0;
  }
  drawFirst(table);
  const most = Number(table.dataset.first ?? Infinity);
  const count = form.querySelector('output');
  if (count) count.textContent = shown > most ? `${shown} found, the first ${most} shown` : `${shown} shown`;
  const all = document.getElementById('all-rows')?.closest('label');
  if (all) all.hidden = shown <= most;
  const nothing = document.getElementById('nothing-shown');
  if (nothing) nothing.hidden = shown > 0;
}

/** Of a table that draws only so many rows, the first that fit are drawn. */
function drawFirst(table) {
  let room = Number(table.dataset.first ?? Infinity);
  if (room === Infinity) return;
  for (const body of table.tBodies) {
    const before = room;
    for (const row of body.rows) {
      if (row.classList.contains('group') || row.hidden) continue;
      row.classList.toggle('later', room <= 0);
      room -= 1;
    }
    for (const head of body.querySelectorAll('tr.group')) head.classList.toggle('later', before <= 0);
  }
}

/** Puts the rows of a table into groups by their labels; a row with several labels into each of them. */
function group(table, side) {
  const rows = new Set();
  for (const row of table.querySelectorAll('tbody tr:not(.group)')) rows.add(row.original ?? row);
  const groups = new Map();
  for (const row of rows) {
    const labels = side === '' ? [''] : row.dataset[`${side}Label`].split('\n');
    labels.forEach((label, index) => {
      const member = index === 0 ? row : row.cloneNode(true);
      if (index > 0) member.original = row;
      groups.set(label, [...(groups.get(label) ?? []), member]);
    });
  }
  for (const body of [...table.tBodies]) body.remove();
  for (const label of [...groups.keys()].sort((a, b) => (a === '') - (b === '') || order(a, b))) {
    const body = table.createTBody();
    if (side !== '') {
      const head = document.createElement('th');
      head.scope = 'rowgroup';
      head.colSpan = table.tHead.rows[0].cells.length;
      head.textContent = label === '' ? 'Without a label' : label;
      const row = body.insertRow();
      row.className = 'group';
      row.append(head);
    }
    body.append(...groups.get(label));
  }
}

for (const form of document.querySelectorAll('form[data-filters]')) {
  const table = document.getElementById(form.dataset.filters);
  if (!table) continue;
  const groups = form.querySelector('select[data-groups]');
  form.addEventListener('input', (event) => {
    if (event.target === groups) group(table, groups.value);
    filter(form, table);
  });
  form.addEventListener('submit', (event) => {
    if (event.submitter?.dataset.asks === undefined) event.preventDefault();
  });
  filter(form, table);
}

/** Of what can be folded, the part that the address names is open. */
function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (named?.localName !== 'details') return;
  named.open = true;
  named.scrollIntoView();
}
addEventListener('hashchange', openNamed);
openNamed();

for (const tools of document.querySelectorAll('[data-folds]')) {
  const folded = [...document.getElementsByClassName(tools.dataset.folds)];
  const search = tools.querySelector('input');
  tools.hidden = false;
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of folded) {
      one.searched ??= one.textContent.toLowerCase();
      one.hidden = !words.every((word) => one.searched.includes(word));
      if (!one.hidden) shown += 1;
    }
    tools.querySelector('output').textContent =
      words.length === 0 ? '' : `${shown} of ${folded.length} shown`;
  });
  for (const button of tools.querySelectorAll('[data-opens]')) {
    button.addEventListener('click', () => {
      for (const one of folded) if (!one.hidden) one.open = button.dataset.opens !== '';
    });
  }
}

// What is folded is printed as well, but for equal lines.
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details.interaction:not([open])')) {
    one.open = true;
    one.dataset.printed = '';
  }
});
addEventListener('afterprint', () => {
  for (const one of document.querySelectorAll('[data-printed]')) {
    one.open = false;
    delete one.dataset.printed;
  }
});

/** What a cell is sorted by: what it says of itself, else its text. */
function sortKey(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? cell?.textContent.trim().toLowerCase() ?? '';
}

for (const head of document.querySelectorAll('table[data-sorts] thead th[data-sorts]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener('click', () => {
    const falling = head.getAttribute('aria-sort') === 'ascending';
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    for (const body of head.closest('table').tBodies) {
      const rows = [...body.rows].filter((row) => !row.classList.contains('group'));
      const keyed = rows.map((row) => [sortKey(row, head.cellIndex), row]);
      keyed.sort(([a], [b]) => (falling ? order(b, a) : order(a, b)));
      body.append(...keyed.map(([, row]) => row));
    }
    drawFirst(head.closest('table'));
  });
}

for (const copied of document.querySelectorAll('[data-copies]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = copied.dataset.copies;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(copied.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(copied);
      button.textContent = 'Selected: copy it';
    }
  });
  copied.after(button);
}

// In a network, what is looked at stands out: a box with everything it has to do with, or an arrow with its ends.
for (const network of document.querySelectorAll('svg.network')) {
  const arrows = [...network.querySelectorAll('[data-from]')];
  const look = ({ target }) => {
    const asked = target.closest('[data-box], [data-from]');
    for (const one of network.querySelectorAll('.near')) one.classList.remove('near');
    network.classList.toggle('looked', asked !== null);
    if (asked === null) return;
    const { box } = asked.dataset;
    const near = arrows.filter((one) =>
      box === undefined ? one === asked : one.dataset.from === box || one.dataset.to === box,
    );
    const boxes = new Set([box, ...near.flatMap(({ dataset: { from, to } }) => [from, to])]);
    for (const one of near) one.classList.add('near');
    for (const one of network.querySelectorAll('[data-box]')) {
      one.classList.toggle('near', boxes.has(one.dataset.box));
    }
  };
  const away = () => look({ target: document.documentElement });
  network.addEventListener('pointerover', look);
  network.addEventListener('focusin', look);
  network.addEventListener('pointerleave', away);
  network.addEventListener('focusout', away);
  const first = ['.centre', '.box.failed', '.box'].map((one) => network.querySelector(one)).find(Boolean);
  const centre = first?.getBoundingClientRect();
  const picture = network.closest('.picture');
  if (centre && picture) {
    const place = picture.getBoundingClientRect();
    picture.scrollLeft += centre.left - place.left - (place.width - centre.width) / 2;
    picture.scrollTop += centre.top - place.top - (place.height - centre.height) / 2;
  }
}

// Rows of the matrix with the same content stand out together.
for (const table of document.querySelectorAll('table:has([data-content])')) {
  const rows = [...table.querySelectorAll('[data-content]')];
  const show = ({ target }) => {
    const content = target.closest?.('[data-content]')?.dataset.content;
    for (const row of rows) row.classList.toggle('alike', row.dataset.content === content);
  };
  table.addEventListener('pointerover', show);
  table.addEventListener('focusin', show);
  table.addEventListener('pointerleave', show);
}
