// The page as a whole: who one is, where, and drawing anew when something happened.

import { act, avatar, clock, el, get, goTo, guildOf, icon, initials, place, readPlace, redraw, Refused, setLocale } from "./api.js";
import * as composer from "./composer.js";
import * as form from "./form.js";
import * as inspect from "./inspect.js";
import { tick } from "./markdown.js";
import * as messages from "./messages.js";

const by = id => document.getElementById(id);
let view = null, busy = false;
/// How often a new look was asked for.
let asked = 0;

/// Shows why something was refused, in the words of Discord's client; nothing takes it away.
function fail(why) {
  by("failed").hidden = !why;
  by("failed").textContent = why ?? "";
}

/// Draws the page anew. What is asked for meanwhile is done in the same go, so that the last thing asked is always shown.
async function refresh() {
  asked += 1;
  if (busy) return;
  busy = true;
  for (let done = 0; done !== asked;) {
    done = asked;
    try {
      await draw();
    } catch (error) {
      if (error instanceof Refused) strangers(error.message);
      else fail("The playground does not answer; start `cargo dev` again.");
    }
  }
  busy = false;
}

async function draw() {
  const here = JSON.stringify(place), next = await get("view");
  // Who went elsewhere meanwhile has asked again.
  if (here !== JSON.stringify(place)) return;
  view = next;
  clock.ahead = Date.parse(view.now) - Date.now();
  document.documentElement.lang = place.locale;
  if (settlePlace()) return;
  const look = names();
  sidebar();
  members();
  composer.update(view);
  form.update(view, look);
  await messages.refresh({ view, look, fail, menu, change: message => composer.edit(message, plain(message.content)) });
  await inspect.update(view);
}

/// The address names somebody who is not here; who is, is a button each.
function strangers(refusal) {
  const { why, people } = JSON.parse(refusal);
  by("failed").hidden = false;
  by("failed").replaceChildren(why, " ", ...people.flatMap(person => [el("button", { type: "button", onclick: () => goTo({ person, guild: null, channel: null }) }, `Be ${person}`), " "]));
}

/// Goes to the first server and channel if the address names none that this person sees. True if it moves.
function settlePlace() {
  if (place.dm) return false;
  const guild = view.guilds.find(guild => guild.name === place.guild) ?? view.guilds[0];
  if (!guild) return false;
  const open = guild.channels.filter(channel => WRITTEN.includes(channel.type) && !channel.thread_metadata?.archived);
  const channel = open.find(channel => channel.name === place.channel) ?? open[0];
  if (guild.name === place.guild && channel?.name === place.channel) return false;
  goTo({ guild: guild.name, channel: channel?.name ?? null });
  return true;
}

/// Types of channels: those that one writes in, and those that are threads.
const WRITTEN = [0, 5, 10, 11, 12], THREADS = [10, 11, 12], CATEGORY = 4, VOICE = 2, PRIVATE_THREAD = 12;

/// Names of users, roles and channels by their ids.
function names() {
  const guild = guildOf(view);
  return (kind, id) => {
    if (kind === "user") return guild?.members.find(member => member.user.id === id)?.user.username
      ?? view.people.find(person => person.id === id)?.name ?? "somebody";
    const found = guild?.[kind === "role" ? "roles" : "channels"].find(it => it.id === id);
    return found?.name.replace(/^@/, "") ?? `unknown ${kind}`;
  };
}

function sidebar() {
  const guild = guildOf(view), here = guild?.channels.find(it => it.name === place.channel);
  document.title = `${view.me.name} · ${place.dm ? "Direct messages" : "#" + place.channel} · Alphapy`;
  by("where").textContent = place.dm ? "Direct messages with Alphapy" : `# ${place.channel}`;
  by("topic").textContent = by("topic").title = here?.topic ?? "";
  redraw(by("guilds"),
    el("button", { type: "button", title: "Direct messages", "aria-current": place.dm, onclick: () => goTo({ dm: true }) }, named("Direct messages", "✉")),
    ...view.guilds.map(it => el("button", { type: "button", title: it.name, "aria-current": it.name === place.guild,
      onclick: () => goTo({ guild: it.name, channel: null, dm: false }) }, named(it.name, initials(it.name)))));
  redraw(by("channels"), guild ? el("strong", {}, guild.name) : el("strong", {}, "Direct messages"), ...channelList(guild?.channels ?? []));
  by("person-button").replaceChildren(avatar(view.me.name), el("span", {}, "You are ", el("b", {}, view.me.name), el("small", {}, rolesOf(view.me.name))),
    el("span", { class: "dim", "aria-hidden": true }, "Switch ▴"));
  by("locale-select").value = place.locale;
  redraw(by("people"), ...view.people.map(it => el("li", {}, el("button", { type: "button", "data-person": it.name,
    "aria-current": it.name === view.me.name, onclick: () => { by("person").open = false; showSidebar(false); goTo({ person: it.name }); } },
    avatar(it.name), el("span", {}, it.name, el("small", {}, it.guilds.includes(place.guild) ? rolesOf(it.name) : it.guilds.join(", ")))))));
}

/// A sign with the name for those who do not see it.
const named = (name, sign) => [el("span", { "aria-hidden": true }, sign), el("span", { class: "unseen" }, name)];

/// Channels in Discord's order: those without a category first, threads below their channel.
function channelList(channels) {
  const button = it => el("button", { type: "button", class: THREADS.includes(it.type) ? "thread" : null, "aria-current": it.name === place.channel,
    disabled: it.type === VOICE, onclick: () => { showSidebar(false); goTo({ channel: it.name }); } },
    it.type === VOICE ? icon("voice") : it.type === PRIVATE_THREAD ? ["↳ ", icon("lock")] : THREADS.includes(it.type) ? "↳" : "#", " ", it.name);
  const threads = parent => channels.filter(it => THREADS.includes(it.type) && it.parent_id === parent && !it.thread_metadata?.archived).map(button);
  const within = parent => channels.filter(it => [0, 2, 5].includes(it.type) && (it.parent_id ?? null) === parent).flatMap(it => [button(it), ...threads(it.id)]);
  const categories = channels.filter(it => it.type === CATEGORY).map(it => [it, within(it.id)]).filter(([, inside]) => inside.length);
  return [...within(null), ...categories.flatMap(([it, inside]) => [el("h3", {}, it.name), ...inside])];
}

function rolesOf(person) {
  const guild = guildOf(view), roles = guild?.members.find(member => member.user.username === person)?.roles ?? [];
  const owner = guild && guild.members.find(member => member.user.username === person)?.user.id === guild.owner_id;
  const held = guild?.roles.filter(role => roles.includes(role.id)).map(role => role.name) ?? [];
  return [owner && "owner", ...held].filter(Boolean).join(", ") || (guild ? "member" : "");
}

/// Everybody who sees this channel, under their highest role.
function members() {
  const box = by("members"), guild = guildOf(view);
  by("members-button").hidden = !guild;
  if (box.hidden || !guild) return box.replaceChildren();
  const highest = member => guild.roles.filter(role => member.roles.includes(role.id)).sort((a, b) => b.position - a.position)[0];
  const here = guild.channels.find(it => it.name === place.channel);
  const groups = Map.groupBy(guild.members.filter(({ user }) => here?.viewers.includes(user.id)), member => highest(member)?.name ?? "members");
  const rank = name => guild.roles.find(role => role.name === name)?.position ?? -1;
  redraw(box, ...[...groups].sort(([a], [b]) => rank(b) - rank(a)).flatMap(([role, those]) => [el("h3", {}, `${role} — ${those.length}`),
    ...those.map(({ user }) => {
      const row = el("button", { type: "button", onclick: event => menu(event, 2, user.username) }, avatar(user.username, user.bot),
        el("span", {}, user.username), user.bot && el("span", { class: "tag" }, "APP"));
      messages.onLongPress(row, event => menu(event, 2, user.username));
      return row;
    })]));
}

/// The menu of a message (kind 3) or of a member (kind 2): commands that the bot put there, and the client's own.
function menu(event, kind, target) {
  event.preventDefault();
  const guild = guildOf(view), isMessage = kind === 3, box = by("menu"), from = event.currentTarget;
  const close = () => { box.hidden = true; from.focus?.(); };
  const item = (label, run, attributes = {}) => el("button", { role: "menuitem", type: "button", ...attributes, onclick: async () => { close(); fail(await run()); } }, label);
  const apps = (guild?.commands ?? []).filter(it => it.type === kind && it.allowed).map(it => item(`Apps: ${it.name}`,
    () => isMessage ? act({ message_menu: it.name }, target.id) : act({ user_menu: { command: it.name, member: target } })));
  const items = apps.length ? [...apps, el("hr")] : [];
  if (isMessage) {
    const own = target.author.id === view.me.id, writes = place.dm || guild?.channels.find(it => it.name === place.channel)?.can_send;
    const private_ = target.flags & 64, manages = guild?.channels.find(it => it.name === place.channel)?.can_manage;
    if (writes && !private_) items.push(item("Reply", () => composer.replyTo(target)));
    if (own) items.push(item("Change", () => composer.edit(target, plain(target.content))));
    if ((own || manages) && !private_) items.push(item("Delete", () => act("deletes", target.id), { class: "danger" }));
    items.push(item("Copy text", () => navigator.clipboard.writeText(plain(target.content || target.embeds[0]?.description || ""))));
    if (guild) items.push(item("Copy link", () => navigator.clipboard.writeText(`https://discord.com/channels/${guild.id}/${target.channel_id}/${target.id}`)));
    items.push(item("Copy message id", () => navigator.clipboard.writeText(target.id)));
  } else {
    items.push(item(`Be ${target}`, () => goTo({ person: target }), { disabled: !view.people.some(it => it.name === target) }));
    items.push(item("Copy user id", () => navigator.clipboard.writeText(guild?.members.find(it => it.user.username === target)?.user.id ?? "")));
  }
  box.replaceChildren(...items);
  box.hidden = false;
  const at = event.clientX ? { x: event.clientX, y: event.clientY } : from.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(at.x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(at.y, innerHeight - box.offsetHeight - 8))}px`;
  box.querySelector("button")?.focus();
  box.onkeydown = key => {
    const buttons = [...box.querySelectorAll("button")], now = buttons.indexOf(document.activeElement);
    if (key.key === "Escape" || key.key === "Tab") close();
    if (key.key === "ArrowDown" || key.key === "ArrowUp") {
      key.preventDefault();
      buttons.at((now + (key.key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
    }
  };
  const outside = event => {
    if (box.contains(event.target)) return;
    box.hidden = true;
    removeEventListener("pointerdown", outside, true);
  };
  addEventListener("pointerdown", outside, true);
}

/// What was written, with names where the client put ids.
function plain(text) {
  const look = names();
  return text.replace(/<(@&|@!?|#)(\d+)>/g, (_, sign, id) => sign === "#" ? `#${look("channel", id)}` : sign === "@&" ? `@&${look("role", id)}` : `@${look("user", id)}`);
}

function showSidebar(open) {
  by("sidebar").classList.toggle("open", open);
  by("menu-button").setAttribute("aria-expanded", String(open));
}

/// Shows or hides the column of members; on a narrow screen the other one makes room.
function showMembers(open) {
  by("members").hidden = !open;
  by("members-button").setAttribute("aria-expanded", String(open));
  if (view) members();
}

function setUp() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  by("locale-select").onchange = event => {
    setLocale(place.person, event.target.value);
    refresh();
  };
  by("theme-button").onclick = () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  };
  by("menu-button").onclick = () => showSidebar(!by("sidebar").classList.contains("open"));
  by("messages").addEventListener("click", () => showSidebar(false));
  by("members-button").onclick = () => showMembers(by("members").hidden);
  // They stand beside the messages where both have room, and never over what one reads.
  const wide = matchMedia("(min-width: 1250px)");
  wide.onchange = () => showMembers(wide.matches);
  showMembers(wide.matches);
  setInterval(tick, 20_000);
  composer.setUp(fail);
  inspect.setUp(refresh);
  onhashchange = () => {
    readPlace();
    fail(null);
    composer.reset();
    refresh();
  };
  readPlace();
  hear();
  refresh();
}

/// Hears that something happened. A browser opens six connections to one address, so its windows share a stream: one of
/// them holds it and tells the others; if it closes, another takes over.
function hear() {
  const others = new BroadcastChannel("changes");
  const tell = news => { if (news === "connected") fail(null); refresh(); };
  const connect = () => {
    const changes = new EventSource("/dev/changes"), both = news => { tell(news); others.postMessage(news); };
    // Its first event comes at once, also when it has connected again.
    changes.addEventListener("changed", () => both("changed"));
    changes.onopen = () => both("connected");
  };
  others.onmessage = event => tell(event.data);
  // Never let go, but by closing. Pages that are not of this machine and have no TLS have no locks.
  if (navigator.locks) navigator.locks.request("changes", () => { connect(); return new Promise(() => {}); });
  else connect();
}

setUp();
