// What pages do beside what they do by themselves: they show what changed, keys go through lists, and charts tell their values.
// Nothing needs it.
const main = document.querySelector('main');

// What a control is known by again after a part was put in the place of an older one.
const key = it => [it.localName, it.id, it.name, it.localName === 'button' || it.type === 'checkbox' ? it.value : '', it.getAttribute('href')].join(' ');
const isChanged = it => it.localName === 'select'
  ? [...it.options].some(option => option.selected !== option.defaultSelected)
  : it.value !== it.defaultValue || it.checked !== it.defaultChecked;
// Each form has another key by which it is sent once.
const text = part => part.innerHTML.replace(/name="once" value="\w*"/g, '');

function swap(old, next) {
  const controls = part => part.querySelectorAll('input:not([type=hidden]), textarea, select');
  const typed = new Map([...controls(old)].filter(isChanged).map(it => [key(it), it]));
  const open = new Set([...old.querySelectorAll('details[open] > summary')].map(it => it.textContent));
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focused && /^(text|search|textarea)$/.test(focused.type) ? [focused.selectionStart, focused.selectionEnd] : null;
  const shown = [...next.childNodes];
  old.replaceChildren(...shown);
  for (const it of controls(old)) {
    const was = typed.get(key(it));
    if (was) [it.value, it.checked] = [was.value, was.checked];
  }
  for (const it of old.querySelectorAll('details > summary')) if (open.has(it.textContent)) it.parentElement.open = true;
  if (!focused) return;
  const again = [...old.querySelectorAll('a, button, input, textarea, select, summary')]
    .find(it => key(it) === key(focused) && (it.localName !== 'summary' || it.textContent === focused.textContent));
  again?.focus({ preventScroll: true });
  if (again && place) again.setSelectionRange(...place);
}

// What was last fetched of each part: what a reader unfolds there, or looks at, changes nothing of it.
const fetched = new Map([...main.querySelectorAll('[data-part]')].map(it => [it.dataset.part, text(it)]));
let fetching = false;
let late = false;
async function refresh() {
  if (document.hidden || fetching) { late = true; return; }
  [fetching, late] = [true, false];
  try {
    const answer = await fetch(location.href, { redirect: 'error' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const old of main.querySelectorAll('[data-part]')) {
      const next = page.querySelector(`[data-part="${old.dataset.part}"]`);
      const now = next && text(next);
      if (!next || now === fetched.get(old.dataset.part)) continue;
      fetched.set(old.dataset.part, now);
      swap(old, next);
    }
  } catch {
    // The next word tells it again.
  } finally {
    fetching = false;
    if (late && !document.hidden) setTimeout(refresh, 1000);
  }
}

// Only the page that is looked at listens: a browser has few connections.
let stream = null;
let missed = false;
function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource(main.dataset.live);
    // What happens while there is none is not told.
    stream.onopen = () => { if (missed) refresh(); missed = true; };
    stream.addEventListener('changed', refresh);
    stream.addEventListener('end', () => { stream?.close(); stream = null; });
    // What is refused is not tried again by itself.
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stream = null;
      setTimeout(listen, 15000);
    };
  }
}
if (main.dataset.live) {
  listen();
  document.addEventListener('visibilitychange', listen);
  if (main.dataset.every) setInterval(() => { if (!document.hidden) refresh(); }, main.dataset.every * 1000);
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox]), textarea, select, dialog')) return;
  const rows = [...main.querySelectorAll('[data-row]')];
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const go = to => { const link = rows[to]?.querySelector('a[data-open]'); link?.focus(); return link; };
  const done = {
    j: () => go(at + 1),
    k: () => at > 0 && go(at - 1),
    x: () => { const box = rows[at]?.querySelector('input[type=checkbox]'); if (box) box.checked = !box.checked; return box; },
    '/': () => { const field = main.querySelector('input[type=search]'); field?.focus(); return field; },
    '?': () => { document.querySelector('#keys')?.showModal(); return true; },
  }[event.key]?.();
  if (done) event.preventDefault();
});

// The value under the pointer, of the table that stands beside each chart with the newest first.
document.addEventListener('pointermove', event => {
  const chart = event.target.closest('figure[data-chart] svg');
  if (!chart) return;
  const figure = chart.closest('figure');
  const rows = [...figure.querySelectorAll('tbody tr')].reverse();
  const heads = [...figure.querySelectorAll('thead th')].map(it => it.textContent);
  const box = chart.getBoundingClientRect();
  const row = rows[Math.round((event.clientX - box.left) / box.width * (rows.length - 1))];
  const cells = row ? [...row.cells].map((cell, at) => at ? `${heads[at]} ${cell.textContent}` : cell.textContent) : [];
  figure.querySelector('.tip').textContent = cells.join(' · ');
});

// A moment by the reader's own clock, beside that of the server.
document.addEventListener('pointerover', event => {
  const time = event.target.closest('time:not([data-own])');
  if (!time) return;
  time.dataset.own = '';
  time.title += ` · ${new Date(time.dateTime).toLocaleString(document.documentElement.lang)}`;
});
