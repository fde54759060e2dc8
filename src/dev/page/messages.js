// Messages as Discord's client shows them.

import { act, avatar, controls, el, focusLike, get, icon, place, written } from "./api.js";
import { markdown } from "./markdown.js";
import { menu as selectMenu } from "./select.js";

const EPHEMERAL = 64, LOADING = 128, REPLY = 19, PINNED = 6;
/// So many are asked for at a time, and at most so many are in the page: a long channel is a window that slides.
const PAGE = 100, MOST = 300;
/// Messages of one author within so many milliseconds stand together.
const TOGETHER = 7 * 60_000;
const dismissed = new Set();
const list = document.getElementById("messages"), present = document.getElementById("present");
/// What each shown message looked like, by id, so that only what changed is drawn again.
let drawn = new Map();
let shownPlace = "", context = null, sliding = false;
/// Whether one looks at the newest messages, and will go on to when there are more of them.
let atEnd = true;
/// The window: how many messages, before which id (none: the newest), and the ids it slid away from.
let size = PAGE, before = null, later = [];

export async function refresh(next) {
  context = next;
  const where = JSON.stringify(place);
  if (where !== shownPlace) [size, before, later] = [PAGE, null, []];
  const { messages, more } = await get("messages", { limit: size, before });
  if (where !== JSON.stringify(place)) return;
  if (where !== shownPlace) {
    drawn = new Map();
    list.replaceChildren();
    shownPlace = where;
    atEnd = true;
  }
  const kept = messages.filter(message => !dismissed.has(message.id));
  let last = null;
  const rows = kept.flatMap(message => {
    const day = new Date(message.timestamp).toDateString();
    const isNewDay = !last || new Date(last.timestamp).toDateString() !== day;
    const follows = !isNewDay && last.author.id === message.author.id && !message.interaction && message.type === last.type
      && ![REPLY, PINNED].includes(message.type) && Date.parse(message.timestamp) - Date.parse(last.timestamp) < TOGETHER
      && (last.flags & EPHEMERAL) === (message.flags & EPHEMERAL);
    last = message;
    const row = [message.id, JSON.stringify([message, follows]), () => draw(message, follows)];
    return isNewDay ? [[`day ${day}`, day, () => divider(message.timestamp)], row] : [row];
  });
  const wanted = rows.map(([id, json, make]) => {
    const known = drawn.get(id);
    // A channel may become known after the message that names it.
    const stays = known?.json === json && !known.element.querySelector(".unknown");
    return [id, { json, element: stays ? known.element : make() }];
  });
  drawn = new Map(wanted);
  const empty = !kept.length && welcome(context.view);
  const keepFocus = focusKeeper();
  const earlier = more && el("p", { class: "empty" }, "Earlier messages come as you scroll up.");
  arrange([earlier, empty, ...wanted.map(([, { element }]) => element)].filter(Boolean));
  keepFocus();
  present.hidden = !before;
  if (atEnd && !before) list.scrollTop = list.scrollHeight;
  list.dataset.more = more || "";
}

/// Remembers which control of which message has the focus; the answer gives it back where that was drawn anew.
function focusKeeper() {
  const focused = document.activeElement, message = focused?.closest("#messages [data-message-id]");
  if (!message) return () => {};
  const id = message.dataset.messageId, at = controls(message).indexOf(focused), key = focused.dataset.key;
  return () => {
    if (document.contains(focused)) return;
    const now = drawn.get(id)?.element;
    // What has no control any more, or is gone, leaves one among the messages.
    if (!now || !focusLike(now, key, at)) list.focus({ preventScroll: true });
  };
}

/// Puts the children in place, and what is looked at stays where it is on the screen.
function arrange(children) {
  const top = list.getBoundingClientRect().top;
  const anchor = [...list.querySelectorAll(".message")].find(it => it.getBoundingClientRect().bottom > top);
  const id = anchor?.dataset.messageId, was = anchor?.getBoundingClientRect().top;
  const wanted = new Set(children);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  // Moving what is in place already would lose focus and open menus.
  children.forEach((child, at) => { if (list.children[at] !== child) list.insertBefore(child, list.children[at] ?? null); });
  // It may have been drawn anew.
  const now = drawn.get(id)?.element;
  if (now) list.scrollTop += now.getBoundingClientRect().top - was;
}

const ids = () => [...drawn.keys()].filter(id => !id.startsWith("day"));

/// Who writes something wants to see it.
export async function toPresent() {
  atEnd = true;
  if (before) await present.onclick();
  list.scrollTop = list.scrollHeight;
}

// Pictures arrive late, and a drawer makes the lines shorter.
new ResizeObserver(() => { if (atEnd && !before) list.scrollTop = list.scrollHeight; }).observe(list);
list.addEventListener("load", () => { if (atEnd && !before) list.scrollTop = list.scrollHeight; }, true);

list.onscroll = async () => {
  atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (sliding || !context) return;
  const up = list.scrollTop < 300 && list.dataset.more, down = before && list.scrollHeight - list.scrollTop - list.clientHeight < 300;
  if (!up && !down) return;
  sliding = true;
  try {
    if (up && size < MOST) size += PAGE;
    else if (up) {
      later.push(before);
      before = ids()[MOST - PAGE];
    } else before = later.pop() ?? null;
    await refresh(context);
  } finally {
    sliding = false;
  }
};

present.onclick = async () => {
  [size, before, later] = [PAGE, null, []];
  await refresh(context);
  list.scrollTop = list.scrollHeight;
};

/// Brings a message into view, if it is in the window.
export function show(id) {
  const element = drawn.get(id)?.element;
  element?.scrollIntoView({ block: "center" });
  element?.classList.add("found");
  setTimeout(() => element?.classList.remove("found"), 1500);
}

function welcome(view) {
  const guild = view.guilds.find(guild => guild.name === place.guild);
  const roles = guild?.members.find(it => it.user.id === view.me.id)?.roles.length;
  return el("div", { class: "empty" }, el("p", {}, "Nothing here yet."),
    el("p", {}, "Type ", el("kbd", {}, "/"), " to see what the bot can do", guild && !roles ? ", or be somebody else with the button at the lower left: ada is an admin." : "."));
}

const divider = time => el("p", { class: "day", role: "separator" }, written(time, { dateStyle: "long" }));

function draw(message, follows) {
  const { look, menu } = context;
  const author = message.author.username, loading = message.flags & LOADING, only = message.flags & EPHEMERAL;
  const used = message.interaction, time = new Date(message.timestamp), reply = message.replies_to;
  if (message.type === PINNED) return el("article", { class: "message system", "data-message-id": message.id }, icon("pin"), el("p", {}, el("b", {}, author), " pinned a message."));
  const edited = message.edited_timestamp && el("small", { title: written(message.edited_timestamp) }, " (edited)");
  const text = message.content && markdown(message.content, look);
  if (text && edited) text.append(edited);
  const body = loading ? el("p", { class: "thinking", "data-loading": true }, `${author} is thinking`)
    : [text, message.attachments.map(attachment), message.poll && poll(message.poll),
      message.embeds.map(embed => drawEmbed(embed, look)), message.components.map(part => component(part, message))];
  const hour = written(time, { timeStyle: "short" });
  const pinged = message.pings.includes(context.view.me.name) || message.pings.includes("everyone");
  const element = el("article", { class: ["message", only && "private", pinged && "pinged", follows && "follows"].filter(Boolean).join(" "),
    "data-message-id": message.id, "data-own": message.author.id === context.view.me.id || null, "data-ephemeral": String(Boolean(only)), "aria-label": `${author} at ${hour}` },
    used && el("p", { class: "used" }, el("b", {}, used.user.username), " used ", el("span", { class: "mention" }, `/${used.name}`)),
    reply && el("p", { class: "used" }, "↱ ", el("b", {}, reply.author?.username ?? ""), " ",
      el("button", { type: "button", onclick: () => show(reply.id) }, reply.excerpt)),
    follows ? el("small", { class: "hour" }, hour) : avatar(author, message.author.bot),
    el("div", {},
      !follows && el("p", { class: "who" },
        el("button", { type: "button", onclick: event => menu(event, 2, author) }, author),
        message.author.bot && el("span", { class: "tag" }, "APP"), el("small", { title: written(time) }, hour), message.pinned && el("small", { title: "pinned" }, icon("pin")), !message.content && edited),
      body,
      only && !loading && el("p", { class: "only" }, icon("eye"), " Only you can see this · ",
        el("button", { type: "button", onclick: () => { dismissed.add(message.id); element.remove(); } }, "Dismiss message"))),
    el("button", { class: "more", type: "button", "data-key": "more", "aria-label": "Apps and more", title: "Apps and more", onclick: event => menu(event, 3, message) }, "⋯"));
  element.addEventListener("edit", () => context.change(message));
  onLongPress(element, event => menu(event, 3, message));
  return element;
}

/// The right button of a mouse, or a finger that stays.
export function onLongPress(element, open) {
  let timer;
  element.oncontextmenu = event => { if (!event.target.closest("a, input, textarea")) open(event); };
  element.onpointerdown = event => {
    if (event.pointerType !== "touch" || event.target.closest("button, a, input, .picker")) return;
    timer = setTimeout(() => open({ preventDefault() {}, currentTarget: element, clientX: event.clientX, clientY: event.clientY }), 500);
  };
  element.onpointerup = element.onpointercancel = element.onpointermove = event => { if (event.type !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 4) clearTimeout(timer); };
}

const web = url => /^https?:/.test(url ?? "") ? url : null;

function attachment(file) {
  const url = web(file.url), size = file.size > 1e6 ? `${(file.size / 1e6).toFixed(1)} MB` : file.size > 1e3 ? `${Math.round(file.size / 1e3)} kB` : `${file.size} bytes`;
  if (file.content_type?.startsWith("image/") && url) return el("a", { href: url, target: "_blank" }, el("img", { class: "picture", src: url, alt: file.description ?? file.filename, loading: "lazy" }));
  return el("p", { class: "file" }, icon("file"), " ", el("a", { href: url, target: "_blank", download: file.filename }, file.filename), el("small", {}, ` ${size}`));
}

const poll = it => el("div", { class: "box" }, el("b", {}, it.question?.text), el("ul", {}, (it.answers ?? []).map(answer => el("li", {}, answer.poll_media?.text))));

function drawEmbed(embed, look) {
  const linked = (url, ...inner) => web(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner) : inner;
  const picture = (it, kind) => web(it?.url) && el("img", { class: kind, src: it.url, alt: "", loading: "lazy" });
  const fields = embed.fields?.length && el("div", { class: "fields" }, embed.fields.map(field =>
    el("div", { class: field.inline ? "" : "wide" }, el("strong", {}, markdown(field.name, look)), markdown(field.value, look))));
  const foot = [embed.footer?.text, embed.timestamp && written(embed.timestamp, { dateStyle: "medium", timeStyle: "short" })].filter(Boolean).join(" · ");
  const box = el("section", { class: "embed" },
    picture(embed.thumbnail, "thumbnail"),
    embed.author && el("p", { class: "author" }, picture({ url: embed.author.icon_url }, "icon"), linked(embed.author.url, embed.author.name)),
    embed.title && el("div", { class: "title" }, linked(embed.url, markdown(embed.title, look))),
    embed.description && markdown(embed.description, look), fields || null, picture(embed.image, "picture"),
    foot && el("footer", {}, picture({ url: embed.footer?.icon_url }, "icon"), foot));
  if (embed.color != null) box.style.borderLeftColor = colour(embed.color);
  return box;
}

const colour = number => `#${number.toString(16).padStart(6, "0")}`;

/// Buttons and menus of messages, and the parts of Components V2.
function component(part, message) {
  const { look } = context, inner = () => (part.components ?? []).map(it => component(it, message));
  const file = url => message.attachments.find(it => url === `attachment://${it.filename}`)?.url ?? url;
  const image = media => web(file(media?.url)) && el("img", { class: "picture", src: file(media.url), alt: media.description ?? "", loading: "lazy" });
  switch (part.type) {
    case 1: return el("div", { class: "row" }, inner());
    case 2: return button(part, message);
    case 3: case 5: case 6: case 7: case 8: return menuOf(part, message);
    case 9: return el("div", { class: "section" }, el("div", {}, inner()), part.accessory && component(part.accessory, message));
    case 10: return markdown(part.content, look);
    case 11: return image(part.media) || null;
    case 12: return el("div", { class: "gallery" }, (part.items ?? []).map(it => spoiled(it.spoiler, image({ ...it.media, description: it.description }) || "")));
    case 13: return el("p", { class: "file" }, icon("file"), " ", el("a", { href: web(file(part.file?.url)) }, part.file?.url?.replace("attachment://", "")));
    case 14: return part.divider === false ? el("div", { class: "gap" }) : el("hr", { class: part.spacing === 2 ? "wide" : null });
    case 17: {
      const box = spoiled(part.spoiler, el("div", { class: "box" }, inner()));
      if (part.accent_color != null) box.style.borderLeft = `.25rem solid ${colour(part.accent_color)}`;
      return box;
    }
    default: return el("p", { class: "dim" }, `a part of a kind (${part.type}) that this page does not know`);
  }
}

function spoiled(hidden, element) {
  if (hidden && element) {
    element.classList.add("hidden");
    element.addEventListener("click", () => element.classList.remove("hidden"), { once: true });
  }
  return element;
}

/// While the bot has not answered, what was used cannot be used again; it keeps the focus.
async function use(control, what, message) {
  if (control.classList.contains("busy")) return;
  control.setAttribute("aria-disabled", "true");
  control.classList.add("busy");
  context.fail(await act(what, message.id));
  control.classList.remove("busy");
  control.removeAttribute("aria-disabled");
}

function button(part, message) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.url) return el("a", { href: web(part.url), target: "_blank", rel: "noopener noreferrer" }, `${label} ↗`);
  const element = el("button", { type: "button", "data-style": part.style, "data-key": part.custom_id, disabled: part.disabled,
    onclick: () => use(element, { clicks: part.custom_id }, message) }, label);
  return element;
}

function menuOf(part, message) {
  const made = selectMenu(part, context.view, { label: part.placeholder ?? "Choose", key: part.custom_id,
    done: values => use(made.control, { selects: { menu: part.custom_id, values } }, message) });
  return made.element;
}
