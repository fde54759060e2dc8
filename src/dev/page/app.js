// The page as a whole: who one is, where, and drawing anew when something happened.

import { act, avatar, el, get, goTo, initials, place, readPlace } from "./api.js";
import * as composer from "./composer.js";
import * as form from "./form.js";
import * as inspect from "./inspect.js";
import * as messages from "./messages.js";

const by = id => document.getElementById(id);
let view = null, busy = false, again = false;

/// Shows why something was refused, in the words of Discord's client; nothing takes it away.
function fail(why) {
  by("failed").hidden = !why;
  by("failed").textContent = why ?? "";
}

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    do {
      again = false;
      view = await get("view");
      if (settlePlace()) return;
      sidebar();
      composer.update(view);
      form.update(view);
      await messages.refresh(view, fail, menu);
      await inspect.update(view);
    } while (again);
  } catch {
    fail("The playground does not answer; start `cargo dev` again.");
  } finally {
    busy = false;
  }
}

/// Goes to the first server and channel if the address names none that this person sees. True if it moves.
function settlePlace() {
  if (place.dm) return false;
  const guild = view.guilds.find(guild => guild.name === place.guild) ?? view.guilds[0];
  if (!guild) return false;
  const texts = guild.channels.filter(channel => channel.type === 0);
  const channel = texts.find(channel => channel.name === place.channel) ?? texts[0];
  if (guild.name === place.guild && channel?.name === place.channel) return false;
  goTo({ guild: guild.name, channel: channel?.name ?? null });
  return true;
}

function sidebar() {
  const guild = view.guilds.find(guild => guild.name === place.guild);
  document.title = `${view.me.name} · ${place.dm ? "Direct messages" : "#" + place.channel} · Alphapy`;
  by("where").textContent = place.dm ? "Direct messages with Alphapy" : `# ${place.channel}`;
  by("guilds").replaceChildren(
    el("button", { type: "button", title: "Direct messages", "aria-label": "Direct messages", "aria-current": place.dm,
      onclick: () => goTo({ dm: true }) }, "✉"),
    ...view.guilds.map(it => el("button", { type: "button", title: it.name, "aria-label": it.name,
      "aria-current": it.name === place.guild, onclick: () => goTo({ guild: it.name, channel: null, dm: false }) }, initials(it.name))));
  const channels = guild?.channels ?? [], categories = channels.filter(it => it.type === 4);
  const button = it => el("button", { type: "button", "aria-current": it.name === place.channel,
    onclick: () => { by("sidebar").classList.remove("open"); goTo({ channel: it.name }); } }, `# ${it.name}`);
  const within = parent => channels.filter(it => it.type === 0 && (it.parent_id ?? null) === parent).map(button);
  by("channels").replaceChildren(guild ? el("strong", {}, guild.name) : "", ...within(null),
    ...categories.map(it => [it, within(it.id)]).filter(([, inside]) => inside.length)
      .flatMap(([it, inside]) => [el("h3", {}, it.name), ...inside]));
  const about = person => {
    const roles = guild?.members.find(member => member.user.username === person)?.roles ?? [];
    return guild?.roles.filter(role => roles.includes(role.id)).map(role => role.name).join(", ") || "member";
  };
  by("person-button").replaceChildren(avatar(view.me.name), el("span", {}, `You are ${view.me.name} `, el("small", {}, about(view.me.name))));
  by("people").replaceChildren(...view.people.map(it => el("li", {}, el("button", { type: "button", "data-person": it.name,
    "aria-current": it.name === view.me.name, onclick: () => { by("person").open = false; goTo({ person: it.name }); } },
    avatar(it.name), el("span", {}, it.name, " ", el("small", {}, it.guilds.includes(place.guild) ? about(it.name) : it.guilds.join(", ")))))));
}

/// The menu of a message (kind 3) or of a member (kind 2): commands that the bot put there.
function menu(event, kind, target) {
  event.preventDefault();
  const guild = view.guilds.find(guild => guild.name === place.guild);
  const commands = (guild?.commands ?? []).filter(it => it.type === kind && it.allowed);
  const run = async name => {
    close();
    fail(kind === 3 ? await act({ message_menu: name }, target.id) : await act({ user_menu: { command: name, member: target } }));
  };
  const items = commands.map(it => el("button", { role: "menuitem", type: "button", onclick: () => run(it.name) }, `Apps: ${it.name}`));
  if (kind === 3) items.push(el("button", { role: "menuitem", type: "button",
    onclick: () => { navigator.clipboard.writeText(target.content); close(); } }, "Copy text"));
  if (!items.length) items.push(el("span", { class: "dim" }, "No apps here"));
  const box = by("menu"), from = event.currentTarget;
  const close = () => { box.hidden = true; from.focus?.(); };
  box.replaceChildren(...items);
  box.hidden = false;
  const at = event.clientX ? { x: event.clientX, y: event.clientY } : from.getBoundingClientRect();
  box.style.left = `${Math.min(at.x, innerWidth - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(at.y, innerHeight - box.offsetHeight - 8)}px`;
  box.querySelector("button")?.focus();
  box.onkeydown = key => {
    const buttons = [...box.querySelectorAll("button")], now = buttons.indexOf(document.activeElement);
    if (key.key === "Escape") close();
    if (key.key === "ArrowDown" || key.key === "ArrowUp") {
      key.preventDefault();
      buttons.at((now + (key.key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
    }
  };
  setTimeout(() => addEventListener("click", outside => { if (!box.contains(outside.target)) box.hidden = true; }, { once: true }));
}

function setUp() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  by("theme-button").onclick = () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  };
  by("menu-button").onclick = () => by("sidebar").classList.toggle("open");
  by("messages").onclick = () => by("sidebar").classList.remove("open");
  composer.setUp(fail);
  inspect.setUp(refresh);
  onhashchange = () => {
    readPlace();
    messages.resetPaging();
    fail(null);
    composer.reset();
    refresh();
  };
  readPlace();
  // Its first event comes at once, also when it has connected again.
  const changes = new EventSource("/dev/changes");
  changes.addEventListener("changed", refresh);
  changes.onopen = () => fail(null);
  refresh();
}

setUp();
