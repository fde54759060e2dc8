// Messages as Discord's client shows them.

import { act, avatar, el, get, place } from "./api.js";
import { markdown } from "./markdown.js";

const EPHEMERAL = 64, LOADING = 128;
const dismissed = new Set();
const list = document.getElementById("messages");
/// What each shown message looked like, by id, so that only what changed is drawn again.
let drawn = new Map();
let shownPlace = "", earliest = null;

export async function refresh(view, fail, menu) {
  const where = JSON.stringify(place);
  const { messages, more } = await get("messages", { limit: earliest ?? 100 });
  if (where !== JSON.stringify(place)) return;
  const atEnd = where !== shownPlace || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (where !== shownPlace) {
    drawn = new Map();
    list.replaceChildren();
    shownPlace = where;
  }
  const look = names(view);
  const kept = messages.filter(message => !dismissed.has(message.id));
  const wanted = kept.map(message => {
    const known = drawn.get(message.id), json = JSON.stringify(message);
    const element = known?.json === json ? known.element : draw(message, { view, look, fail, menu });
    return [message.id, { json, element }];
  });
  drawn = new Map(wanted);
  const earlier = more && el("button", { class: "earlier", type: "button", onclick: () => {
    earliest = (earliest ?? 100) + 400;
    refresh(view, fail, menu);
  } }, "Load earlier messages");
  const empty = !kept.length && el("p", { class: "empty" }, "Nothing here yet. Type a message, or / for a command.");
  const children = [earlier, empty, ...wanted.map(([, { element }]) => element)].filter(Boolean);
  // Moving what is in place already would lose focus and open menus.
  children.forEach((child, at) => { if (list.children[at] !== child) list.insertBefore(child, list.children[at] ?? null); });
  while (list.children.length > children.length) list.lastChild.remove();
  // Heights of what was never on the screen are guesses until it is.
  const toEnd = () => { list.scrollTop = list.scrollHeight; };
  if (atEnd) requestAnimationFrame(() => { toEnd(); requestAnimationFrame(toEnd); });
}

export function resetPaging() {
  earliest = null;
}

function names(view) {
  const guild = view.guilds.find(guild => guild.name === place.guild);
  return (kind, id) => {
    if (kind === "user") return guild?.members.find(member => member.user.id === id)?.user.username
      ?? view.people.find(person => person.id === id)?.name ?? "somebody";
    const found = guild?.[kind === "role" ? "roles" : "channels"].find(it => it.id === id);
    return found?.name ?? `unknown ${kind}`;
  };
}

function draw(message, context) {
  const { look, menu } = context;
  const author = message.author.username, loading = message.flags & LOADING, only = message.flags & EPHEMERAL;
  const used = message.interaction, time = new Date(message.timestamp);
  const body = loading ? el("p", { class: "thinking", "data-loading": true }, `${author} is thinking`)
    : [message.content && markdown(message.content, look), message.embeds.map(embed => drawEmbed(embed, look)),
      message.attachments.map(file => el("p", {}, "File: ", el("a", { href: file.url }, file.filename))),
      message.components.map(part => component(part, message, context))];
  const element = el("article", { class: `message${only ? " private" : ""}`, "data-message-id": message.id,
    "data-ephemeral": Boolean(only), "aria-label": `${author} at ${time.toLocaleTimeString()}` },
    used && el("p", { class: "used" }, `${used.user.username} used /${used.name}`),
    avatar(author, message.author.bot),
    el("div", {},
      el("p", { class: "who" },
        el("button", { type: "button", onclick: event => menu(event, 2, author) }, author),
        message.author.bot && el("span", { class: "tag" }, "APP"),
        el("small", { title: time.toLocaleString() }, time.toLocaleTimeString([], { timeStyle: "short" })),
        message.edited_timestamp && el("small", {}, "(edited)"),
        el("button", { class: "more", type: "button", "aria-label": "Apps and more",
          onclick: event => menu(event, 3, message) }, "⋯")),
      body,
      only && !loading && el("p", { class: "only" }, "Only you can see this · ",
        el("button", { type: "button", onclick: () => { dismissed.add(message.id); element.remove(); } }, "Dismiss message"))));
  element.oncontextmenu = event => menu(event, 3, message);
  return element;
}

function drawEmbed(embed, look) {
  const title = embed.title && (embed.url
    ? el("a", { class: "title", href: embed.url, target: "_blank", rel: "noopener noreferrer" }, embed.title)
    : el("strong", { class: "title" }, markdown(embed.title, look)));
  const fields = embed.fields?.length && el("div", { class: "fields" }, embed.fields.map(field =>
    el("div", { class: field.inline ? "" : "wide" }, el("strong", {}, markdown(field.name, look)), markdown(field.value, look))));
  const box = el("section", { class: "embed" },
    embed.author && el("small", {}, embed.author.name), title, embed.description && markdown(embed.description, look), fields || null,
    (embed.footer || embed.timestamp) && el("footer", {},
      [embed.footer?.text, embed.timestamp && new Date(embed.timestamp).toLocaleString()].filter(Boolean).join(" · ")));
  if (embed.color != null) box.style.borderLeftColor = `#${embed.color.toString(16).padStart(6, "0")}`;
  return box;
}

/// Buttons and menus of messages, and the parts of Components V2.
function component(part, message, context) {
  const { look } = context, inner = () => (part.components ?? []).map(it => component(it, message, context));
  switch (part.type) {
    case 1: return el("div", { class: "row" }, inner());
    case 2: return button(part, message, context);
    case 9: return el("div", { class: "box" }, inner(), part.accessory && component(part.accessory, message, context));
    case 10: return markdown(part.content, look);
    case 14: return el("hr");
    case 17: return el("div", { class: "box" }, inner());
    case 3: case 5: case 6: case 7: case 8: return menuOf(part, message, context);
    default: return el("p", { class: "dim" }, "▣ attachment");
  }
}

function button(part, message, { fail }) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.url) return el("a", { href: part.url, target: "_blank", rel: "noopener noreferrer" }, `${label} ↗`);
  const press = async event => {
    event.target.disabled = true;
    fail(await act({ clicks: part.label ?? label }, message.id));
    event.target.disabled = Boolean(part.disabled);
  };
  return el("button", { type: "button", "data-style": part.style, disabled: part.disabled, onclick: press }, label);
}

/// What a menu offers: its options, or the names of members, roles and channels.
export function offered(part, view) {
  const guild = view.guilds.find(guild => guild.name === place.guild);
  const members = guild?.members.map(member => member.user.username) ?? [], roles = guild?.roles.map(role => role.name) ?? [];
  const channels = guild?.channels.filter(channel => channel.type === 0).map(channel => channel.name) ?? [];
  return { 3: part.options?.map(option => option.label), 5: members, 6: roles, 7: [...members, ...roles], 8: channels }[part.type] ?? [];
}

function menuOf(part, message, { view, fail }) {
  const choose = async event => {
    const values = [...event.target.selectedOptions].map(option => option.value);
    fail(await act({ selects: { menu: part.custom_id, values } }, message.id));
    if (!event.target.multiple) event.target.selectedIndex = 0;
  };
  const several = (part.max_values ?? 1) > 1;
  return el("select", { "aria-label": part.placeholder ?? "Choose", multiple: several, disabled: part.disabled, onchange: choose },
    !several && el("option", { value: "", disabled: true, selected: true }, part.placeholder ?? "Make a selection"),
    offered(part, view).map(name => el("option", { value: name }, name)));
}
