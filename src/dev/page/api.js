// What the page asks of the playground, and where the person is.

// The address says who one is and where, so that another window can be another person: #person/server/channel.
const parts = () => location.hash.slice(1).split("/").map(decodeURIComponent);
export const place = { person: "ann", guild: null, channel: null, dm: false, locale: null };

// Each person's Discord has a language of its own, which this browser remembers.
const localeKey = person => `locale of ${person}`;
export const localeOf = person => localStorage.getItem(localeKey(person)) ?? "en-US";
export function setLocale(person, locale) {
  localStorage.setItem(localeKey(person), locale);
  place.locale = localeOf(place.person);
}

export function readPlace() {
  const [person, guild, channel] = parts();
  Object.assign(place, { person: person || "ann", guild: guild || null, channel: channel || null, dm: guild === "@me" });
  if (place.dm) place.guild = null;
  place.locale = localeOf(place.person);
}

export function goTo(change) {
  const next = { ...place, ...change };
  const where = next.dm ? ["@me"] : [next.guild, next.channel].filter(Boolean);
  location.hash = [next.person, ...where].map(encodeURIComponent).join("/");
}

const query = more => new URLSearchParams(
  Object.entries({ ...place, ...more }).filter(([, value]) => value !== null && value !== undefined));

/// The playground answered, and this is why it did not do what was asked.
export class Refused extends Error {}

async function read(answer) {
  if (!answer.ok) throw new Refused(await answer.text());
  return answer.status === 204 ? null : answer.json();
}

export const get = async (path, more = {}) => read(await fetch(`/dev/${path}?${query(more)}`));

export const post = async (path, body, signal) => read(await fetch(`/dev/${path}`, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal }));

/// Puts a file of this computer at hand of whoever acts; returns its name.
export async function upload(file) {
  await read(await fetch(`/dev/upload?${new URLSearchParams({ name: file.name })}`, { method: "POST", body: file }));
  return file.name;
}

/// The fake's time, which somebody may have moved, in milliseconds.
export const clock = { ahead: 0, now: () => Date.now() + clock.ahead };

/// Somebody does something here; what Discord's client would show in red, if anything.
export async function act(what, message) {
  const { failed } = await post("act", { ...place, message, act: what });
  return failed;
}

/// The server that is looked at, and what one sees of it; none in direct messages.
export const guildOf = view => view?.guilds.find(guild => guild.name === place.guild);

/// An element with attributes, properties that begin with `on`, and children; strings become text, never markup.
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element[key] = value;
    else if (value === true) element.setAttribute(key, key.startsWith("aria-") ? "true" : "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== 0));
  return element;
}

/// Draws what is in a box anew; the control in it that has the focus keeps it, known by its `key` or else by its place.
export function redraw(box, ...children) {
  const focused = box.contains(document.activeElement) ? document.activeElement : null, at = focused ? controls(box).indexOf(focused) : -1;
  box.replaceChildren(...children);
  if (focused) focusLike(box, focused.dataset.key, at);
}

export const controls = box => [...box.querySelectorAll("button, select, input, a[href], summary")];

/// Focuses the control that stands for one that was drawn anew.
export function focusLike(box, key, at = -1) {
  const all = controls(box).filter(it => !it.disabled);
  const found = all.find(it => key && it.dataset.key === key) ?? all[Math.min(at, all.length - 1)];
  found?.focus({ preventScroll: true });
  return Boolean(found);
}

/// A time in the language of who looks at it.
export const written = (time, style) => new Date(time).toLocaleString(place.locale, style);

export const initials = name => name.split(/\s+/).map(word => word[0]).join("").slice(0, 2).toUpperCase();

export function avatar(name, bot = false) {
  const hue = [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0) * 47) % 360, 7);
  const icon = el("span", { class: "avatar", "aria-hidden": true }, initials(name));
  icon.style.background = bot ? "var(--accent)" : `oklch(0.52 0.13 ${hue})`;
  return icon;
}

const SHAPES = {
  file: "M5 2h7l4 4v12H5zM12 2v4h4M8 10h5M8 13h5", eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  pin: "M7 3h6l-1 5 3 3H5l3-3zM10 11v6", lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3", voice: "M4 8v4h3l4 3V5L7 8zM14 7a4 4 0 0 1 0 6",
};

/// A small picture in the colour of the text.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", class: "sign", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
