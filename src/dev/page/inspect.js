// A look inside: what went over the wire, and switches for trouble.

import { el, post } from "./api.js";

const drawer = document.getElementById("inside"), button = document.getElementById("inside-button");
const exchanges = [], requests = [];
/// What is open stays open when the list is drawn again.
const opened = new Set();

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
  const answer = await fetch(`/dev/traffic?after=${exchanges.length}&after_request=${requests.length}`);
  const more = await answer.json();
  exchanges.push(...more.exchanges.filter(it => it.n > exchanges.length));
  requests.push(...more.requests.filter(it => it.n > requests.length));
  drawer.replaceChildren(...[
    el("h2", {}, "Trouble"),
    el("div", { class: "row" },
      [["429", "Next call: 429"], ["500", "500"], ["hang", "Hangs"], ["reset", "Resets"], ["clear", "None"]].map(([next, label]) =>
        action(label, "fault", { next }))),
    el("div", { class: "row" }, view.bot.running
      ? [action("Kill the bot", "bot", { do: "kill" }), action("Kill it in mid-work", "bot", { do: "kill_in_work" })]
      : action("Start the bot again", "bot", { do: "start" })),
    el("h2", {}, `Clock: ${new Date(view.now).toLocaleString()}`),
    el("div", { class: "row" }, [[1, "+1 minute"], [15, "+15 minutes"], [1440, "+1 day"]].map(([minutes, label]) =>
      action(label, "clock", { minutes }))),
    el("h2", {}, "Interactions"),
    exchanges.slice(-50).reverse().map(it => exchange(it, view)),
    el("h2", {}, "REST calls"),
    requests.slice(-50).reverse().map(it => part(`r${it.n}`, `${it.method} ${it.path} → ${it.status ?? "no answer"}`, json(it.body))),
  ].flat());
}

const action = (label, path, body) => el("button", { type: "button", onclick: () => post(path, body) }, label);

const json = value => el("pre", {}, JSON.stringify(value, null, 2));

function part(id, title, ...inner) {
  const details = el("details", { open: opened.has(id) }, el("summary", {}, title), ...inner);
  details.ontoggle = () => opened[details.open ? "add" : "delete"](id);
  return details;
}

const KINDS = { 1: "ping", 2: "command", 3: "component", 4: "suggestions", 5: "form" };

function exchange(it, view) {
  const data = it.request.data ?? {}, took = Math.round(it.took_ms);
  const bar = el("div", { class: "bar", title: `${took} ms of the 3,000 that Discord waits` }, el("i"));
  bar.firstChild.style.width = `${Math.min(100, it.took_ms / 30)}%`;
  const title = `${KINDS[it.request.type] ?? it.request.type} ${data.name ?? data.custom_id ?? ""} · ${it.status ?? "no answer"} · ${took} ms`;
  const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;
  const curl = `curl -X POST ${view.bot.endpoint} -H 'content-type: application/json' -H 'x-signature-ed25519: ${it.signature}' -H 'x-signature-timestamp: ${it.timestamp}' --data-binary ${quoted(it.body)}`;
  const copy = el("button", { type: "button", title: "It is good for five minutes, and then known as a repetition", onclick: async () => {
    await navigator.clipboard.writeText(curl);
    copy.textContent = "Copied";
  } }, "Copy as curl");
  return part(`e${it.n}`, title, bar, el("p", { class: "row" }, copy), el("p", { class: "dim" }, `id ${it.request.id}, signed at ${it.timestamp}: ${it.signature.slice(0, 24)}…`),
    el("h2", {}, "Answer"), json(it.response), el("h2", {}, "Request"), json(it.request));
}
