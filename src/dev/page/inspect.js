// A look inside: what went over the wire and into the database, and switches for trouble.

import { el, post, redraw, written } from "./api.js";

const drawer = document.getElementById("inside"), button = document.getElementById("inside-button");
const known = { exchanges: [], requests: [], rows: [] };
/// What is open stays open when the list is drawn again.
const opened = new Set();
/// Calls and rows belong to an interaction from when it was sent until this many milliseconds after its answer.
const AFTER = 150, SHOWN = 60;

button.onclick = () => {
  drawer.hidden = !drawer.hidden;
  button.setAttribute("aria-expanded", !drawer.hidden);
  drawer.dispatchEvent(new Event("shown"));
};

export function setUp(ask) {
  drawer.addEventListener("shown", ask);
}

export async function update(view) {
  if (drawer.hidden) return;
  const query = new URLSearchParams({ exchanges: known.exchanges.length, requests: known.requests.length, rows: known.rows.at(-1)?.n ?? 0 });
  const more = await (await fetch(`/dev/traffic?${query}`)).json();
  for (const kind of Object.keys(known)) known[kind].push(...more[kind]);
  redraw(drawer,
    el("div", { class: "switches" },
      el("h2", {}, "Trouble for the next call"),
      el("div", { class: "row" }, [["429", "429"], ["500", "500"], ["hang", "Hangs"], ["reset", "Cut off"], ["slow", "4 s late"], ["clear", "None"]].map(([next, label]) =>
        action(label, "fault", { next }))),
      el("h2", {}, view.bot.reads_messages ? "It may read messages (Message Content)" : "It may not read messages (Message Content)"),
      el("div", { class: "row" }, action(view.bot.reads_messages ? "Take that away" : "Let it read them", "intents", { message_content: !view.bot.reads_messages })),
      el("h2", {}, view.bot.running ? "The bot runs" : "The bot is dead"),
      el("div", { class: "row" }, view.bot.running
        ? [action("Kill it", "bot", { do: "kill" }), action("Kill it in mid-work", "bot", { do: "kill_in_work" })]
        : action("Start it again", "bot", { do: "start" })),
      el("h2", {}, "Clock ", el("time", {}, written(view.now, { dateStyle: "medium", timeStyle: "medium" }))),
      el("div", { class: "row" }, [[1, "+1 min"], [15, "+15 min"], [60, "+1 h"], [1440, "+1 day"]].map(([minutes, label]) =>
        action(label, "clock", { minutes })))),
    el("h2", {}, "What happened, newest first"),
    ...timeline().slice(-SHOWN).reverse().map(it => it.exchange ? exchange(it, view) : it.key ? row(it) : call(it)));
}

/// Interactions with the calls and rows that belong to them; what belongs to none stands alone, as what cron does.
function timeline() {
  const all = known.exchanges.map(it => ({ exchange: it, at_ms: it.at_ms, until: it.at_ms + it.took_ms + AFTER, calls: [], rows: [] }));
  const byId = new Map(all.map(it => [it.exchange.id, it]));
  const alone = [];
  const owner = at => all.findLast(it => it.at_ms <= at && at <= it.until);
  for (const request of known.requests) {
    const own = byId.get(request.interaction) ?? owner(request.at_ms);
    // Deferred work goes on until its last call.
    if (own) own.until = Math.max(own.until, request.at_ms + AFTER);
    (own?.calls ?? alone).push(request);
  }
  for (const written of known.rows) (owner(written.at_ms)?.rows ?? alone).push(written);
  return [...all, ...alone].sort((a, b) => a.at_ms - b.at_ms);
}

const action = (label, path, body) => el("button", { type: "button", "data-key": JSON.stringify(body), onclick: () => post(path, body) }, label);

/// JSON with its keys, strings and numbers in colours.
function json(value) {
  const pre = el("pre", { class: "json" });
  for (const [piece, key, text, other] of (JSON.stringify(value, null, 2) ?? "").matchAll(/("(?:[^"\\]|\\.)*"(?=:))|("(?:[^"\\]|\\.)*")|(\b(?:true|false|null)\b|-?\d[\d.e+-]*)|[^"\w-]+|./g)) {
    pre.append(key ? el("i", {}, piece) : text ? el("b", {}, piece) : other ? el("u", {}, piece) : piece);
  }
  return pre;
}

function part(id, title, ...inner) {
  const details = el("details", { open: opened.has(id) }, el("summary", { "data-key": id }, title));
  const fill = () => { if (details.open && details.children.length === 1) details.append(...inner.flatMap(make => make())); };
  details.ontoggle = () => {
    opened[details.open ? "add" : "delete"](id);
    fill();
  };
  fill();
  return details;
}

const KINDS = { 1: "ping", 2: "command", 3: "component", 4: "suggestions", 5: "form" };
/// By the clock of the playground, which somebody may have moved: the time that was signed.
const hour = it => written(Number(it.timestamp) * 1000, { timeStyle: "medium" });
const status = code => el("span", { class: `status ${code && code < 400 ? "good" : "bad"}` }, code ?? "no answer");

const call = it => part(`r${it.at_ms}${it.path}`, el("span", {}, el("code", {}, it.method), " ", it.path, " ", status(it.status)),
  () => [it.audit_reason && el("p", { class: "dim" }, it.audit_reason), it.files.length ? el("p", { class: "dim" }, `with ${it.files.join(", ")}`) : "", json(it.body)].filter(Boolean));

const row = it => el("p", { class: "written" }, el("span", { class: "dim" }, it.verb), " ", el("b", {}, it.name), " ", el("code", {}, Object.entries(it.key).map(([column, value]) => `${column} ${value}`).join(", ")));

/// Subcommands as they are typed: `/faq search`.
function commandName(data) {
  const path = [data.name];
  for (let options = data.options; options?.[0] && [1, 2].includes(options[0].type); options = options[0].options) path.push(options[0].name);
  return (data.type ?? 1) === 1 ? `/${path.join(" ")}` : path.join(" ");
}

function exchange({ exchange: it, calls, rows }, view) {
  const data = it.request.data ?? {}, took = it.took_ms < 10 ? it.took_ms.toFixed(1) : Math.round(it.took_ms);
  const bar = el("div", { class: "bar", role: "img", "aria-label": `${took} ms of the 3,000 that Discord waits`, title: `${took} ms of the 3,000 that Discord waits` }, el("i", { class: it.took_ms > 2000 ? "late" : null }));
  bar.firstChild.style.width = `${Math.max(.5, Math.min(100, it.took_ms / 30))}%`;
  const who = it.request.member?.user.username ?? it.request.user?.username ?? "";
  const name = data.name ? commandName(data) : data.custom_id ?? "";
  const title = el("span", {}, el("b", {}, KINDS[it.request.type] ?? it.request.type), " ", name, el("br"),
    el("small", {}, `${hour(it)} ${who} · ${took} ms · `, status(it.status), calls.length ? ` · ${calls.length} REST` : "", rows.length ? ` · ${rows.length} rows` : ""), bar);
  const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;
  const curl = `curl -X POST ${view.bot.endpoint} -H 'content-type: application/json' -H 'x-signature-ed25519: ${it.signature}' -H 'x-signature-timestamp: ${it.timestamp}' --data-binary ${quoted(it.body)}`;
  const copy = el("button", { type: "button", title: "It is good for five minutes, and then known as a repetition", onclick: async () => {
    await navigator.clipboard.writeText(curl);
    copy.textContent = "Copied";
  } }, "Copy as curl");
  return part(`e${it.id}`, title, () => [
    el("p", { class: "row" }, copy),
    el("h3", {}, "Answer"), json(it.response),
    rows.length ? el("h3", {}, "Rows written meanwhile") : "", ...rows.map(row),
    calls.length ? el("h3", {}, "REST calls that followed") : "", ...calls.map(call),
    el("h3", {}, "Request"), el("p", { class: "dim" }, `id ${it.request.id}`), el("p", { class: "dim long" }, `X-Signature-Timestamp: ${it.timestamp}`),
    el("p", { class: "dim long" }, `X-Signature-Ed25519: ${it.signature}`), json(it.request)].filter(Boolean));
}
