// What the page asks of the playground, and where the person is.

// The address says who one is and where, so that another window can be another person: #person/server/channel.
const parts = () => location.hash.slice(1).split("/").map(decodeURIComponent);
export const place = { person: "ann", guild: null, channel: null, dm: false };

export function readPlace() {
  const [person, guild, channel] = parts();
  Object.assign(place, { person: person || "ann", guild: guild || null, channel: channel || null, dm: guild === "@me" });
  if (place.dm) place.guild = null;
}

export function goTo(change) {
  const next = { ...place, ...change };
  const where = next.dm ? ["@me"] : [next.guild, next.channel].filter(Boolean);
  location.hash = [next.person, ...where].map(encodeURIComponent).join("/");
}

const query = more => new URLSearchParams(
  Object.entries({ ...place, ...more }).filter(([, value]) => value !== null && value !== undefined));

async function read(answer) {
  if (!answer.ok) throw new Error(await answer.text());
  return answer.status === 204 ? null : answer.json();
}

export const get = async (path, more = {}) => read(await fetch(`/dev/${path}?${query(more)}`));

export const post = async (path, body, signal) => read(await fetch(`/dev/${path}`, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal }));

/// Somebody does something here; what Discord's client would show in red, if anything.
export async function act(what, message) {
  const { failed } = await post("act", { ...place, message, act: what });
  return failed;
}

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

export const initials = name => name.split(/\s+/).map(word => word[0]).join("").slice(0, 2).toUpperCase();

export function avatar(name, bot = false) {
  const hue = [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0) * 47) % 360, 7);
  const icon = el("span", { class: "avatar", "aria-hidden": true }, initials(name));
  icon.style.background = bot ? "var(--accent)" : `hsl(${hue} 45% 42%)`;
  return icon;
}
