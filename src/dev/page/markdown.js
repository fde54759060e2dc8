// Discord's Markdown as elements. Nothing here becomes markup by itself: text goes into text nodes.

import { clock, el, goTo, place, written } from "./api.js";

const INLINE = [
  [/^\\([^\w\s])/, m => m[1]],
  [/^`([^`\n]+)`/, m => el("code", {}, m[1])],
  [/^\*\*(.+?)\*\*(?!\*)/s, (m, look) => el("strong", {}, inline(m[1], look))],
  [/^__(.+?)__(?!_)/s, (m, look) => el("u", {}, inline(m[1], look))],
  [/^~~(.+?)~~/s, (m, look) => el("s", {}, inline(m[1], look))],
  [/^\|\|(.+?)\|\|/s, (m, look) => {
    const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0" }, inline(m[1], look));
    hidden.onclick = hidden.onkeydown = () => hidden.classList.add("open");
    return hidden;
  }],
  [/^\*(?!\s)(.+?)\*(?!\*)/s, (m, look) => el("em", {}, inline(m[1], look))],
  [/^_(?!\s)(.+?)_(?![_\w])/s, (m, look) => el("em", {}, inline(m[1], look))],
  [/^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/, m => link(m[2], m[1])],
  [/^<(https?:\/\/[^\s>]+)>/, m => link(m[1], m[1])],
  [/^https?:\/\/[^\s<]+[^\s<.,:;"')\]]/, m => link(m[0], m[0])],
  [/^<@!?(\d+)>/, (m, look) => mention("@" + look("user", m[1]))],
  [/^<@&(\d+)>/, (m, look) => mention("@" + look("role", m[1]))],
  [/^<#(\d+)>/, (m, look) => channel(look("channel", m[1]))],
  [/^@(everyone|here)/, m => mention(m[0])],
  [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, m => time(Number(m[1]), m[2])],
  [/^<\/([^:>]+):\d+>/, m => mention("/" + m[1])],
  [/^<a?:(\w+):\d+>/, m => el("span", { class: "emoji" }, `:${m[1]}:`)],
];

const link = (url, text) => el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
const mention = text => el("span", { class: "mention" }, text);

/// The name of a channel is a way there, for those who see it.
const channel = name => name.startsWith("unknown ") ? el("span", { class: "mention unknown" }, "#" + name)
  : el("button", { type: "button", class: "mention", onclick: () => goTo({ channel: name }) }, "#" + name);

const STYLES = { t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" } };

function time(seconds, style = "f") {
  const date = new Date(seconds * 1000);
  const shown = style === "R" ? relative(seconds) : written(date, STYLES[style]);
  return el("time", { datetime: date.toISOString(), title: written(date), class: "mention", "data-relative": style === "R" && String(seconds) }, shown);
}

/// Writes "in 5 minutes" anew wherever it stands.
export function tick() {
  for (const it of document.querySelectorAll("time[data-relative]")) it.textContent = relative(Number(it.dataset.relative));
}

function relative(seconds) {
  const away = seconds - clock.now() / 1000;
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].find(([, s]) => Math.abs(away) >= s) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(place.locale, { numeric: "auto" }).format(Math.round(away / size), unit);
}

function inline(text, look) {
  const out = [];
  let plain = "";
  while (text) {
    const found = INLINE.map(([pattern, make]) => [pattern.exec(text), make]).find(([match]) => match);
    if (!found) {
      plain += text[0];
      text = text.slice(1);
      continue;
    }
    if (plain) out.push(plain);
    plain = "";
    out.push(found[1](found[0], look));
    text = text.slice(found[0][0].length);
  }
  return plain ? [...out, plain] : out;
}

/// `look(kind, id)` gives the name of a user, role or channel.
export function markdown(text, look) {
  const root = el("div", { class: "text" });
  for (const [at, part] of text.split(/```(?:\w*\n)?([\s\S]*?)```/).entries()) {
    if (at % 2) root.append(el("pre", {}, part));
    else if (part) blocks(part, look, root);
  }
  return root;
}

function blocks(text, look, root) {
  let first = true;
  for (const line of text.split("\n")) {
    const head = /^(#{1,3}) (.+)/.exec(line), quote = /^> (.*)/.exec(line), item = /^\s*[-*] (.+)/.exec(line), small = /^-# (.+)/.exec(line);
    const block = head ? el(`h${head[1].length + 2}`, {}, inline(head[2], look)) : small ? el("small", { class: "subtext" }, inline(small[1], look))
      : quote ? el("blockquote", {}, inline(quote[1], look))
      : item ? el("ul", { class: /^\s{2,}/.test(line) ? "deep" : null }, el("li", {}, inline(item[1], look))) : null;
    if (block) root.append(block);
    else root.append(...(first ? [] : ["\n"]), ...inline(line, look));
    first = Boolean(block);
  }
}
