// Select menus, in messages and in forms.

import { el, guildOf } from "./api.js";

/// What a menu offers: its options, or members, roles and channels.
function offered(part, view) {
  const guild = guildOf(view);
  const members = () => (guild?.members ?? []).map(it => ({ value: it.user.username, label: it.user.username, emoji: "@" }));
  const roles = () => (guild?.roles ?? []).map(it => ({ value: it.name, label: it.name.replace(/^@/, ""), emoji: "@" }));
  const fits = channel => part.channel_types?.length ? part.channel_types.includes(channel.type) : true;
  const channels = () => (guild?.channels ?? []).filter(fits).map(it => ({ value: it.name, label: it.name, emoji: it.type === 4 ? "▾" : "#" }));
  const all = { 5: members, 6: roles, 7: () => [...members(), ...roles()], 8: channels }[part.type];
  return all?.() ?? (part.options ?? []).map(it => ({ ...it, emoji: it.emoji?.name }));
}

/// What is chosen before anybody touches the menu.
function preset(part, view) {
  const guild = guildOf(view), named = (list, id, name) => list?.find(it => (it.user ?? it).id === id && name(it));
  const defaults = (part.default_values ?? []).map(({ id }) =>
    named(guild?.members, id, it => it.user)?.user.username ?? named(guild?.roles, id, it => it.name)?.name ?? named(guild?.channels, id, it => it.name)?.name);
  return [...(part.options ?? []).filter(it => it.default).map(it => it.value), ...defaults.filter(Boolean)];
}

/// A menu as a button that opens a list. `done(values)` is called when the list closes with another choice.
export function menu(part, view, { label, required, key, done = () => {} }) {
  const options = offered(part, view), pictured = options.some(it => it.emoji), most = part.max_values ?? 1, least = part.min_values ?? 1;
  let chosen = new Set(preset(part, view)), before = "";
  const button = el("button", { type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": label,
    "data-key": key, disabled: part.disabled });
  const search = el("input", { type: "search", placeholder: "Search", "aria-label": "Search the options", hidden: options.length <= 10 });
  const list = el("ul", { role: "listbox", "aria-multiselectable": String(most > 1) });
  const popup = el("div", { class: "popup", hidden: true }, search, list);
  const element = el("div", { class: "picker" }, button, popup);
  const item = it => el("li", { role: "option", tabindex: "-1", "data-value": it.value, "aria-selected": String(chosen.has(it.value)) },
    pictured && el("span", { class: "icon", "aria-hidden": true }, it.emoji ?? ""), el("span", {}, it.label, it.description && el("small", {}, it.description)));

  const write = () => {
    const names = options.filter(it => chosen.has(it.value)).map(it => [it.emoji, it.label].filter(Boolean).join(" "));
    button.replaceChildren(el("span", { class: names.length ? "" : "dim" }, names.join(", ") || part.placeholder || "Make a selection"), el("span", { "aria-hidden": true }, "▾"));
    for (const li of list.children) li.setAttribute("aria-selected", chosen.has(li.dataset.value));
  };
  const fill = () => {
    const wanted = search.value.toLowerCase();
    list.replaceChildren(...options.filter(it => it.label.toLowerCase().includes(wanted)).map(item));
    if (!list.children.length) list.append(el("li", { class: "dim" }, "Nothing fits."));
  };
  const open = () => {
    before = [...chosen].join();
    search.value = "";
    fill();
    popup.hidden = false;
    popup.classList.toggle("above", button.getBoundingClientRect().bottom + popup.offsetHeight > innerHeight - 90);
    button.setAttribute("aria-expanded", "true");
    (search.hidden ? list.firstChild : search)?.focus();
  };
  const close = focus => {
    if (popup.hidden) return;
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
    if ([...chosen].join() !== before && chosen.size >= Math.min(least, required === false ? 0 : least)) done([...chosen]);
  };
  const toggle = value => {
    if (most === 1) {
      chosen = new Set(chosen.has(value) && least === 0 ? [] : [value]);
      // The same choice again is a choice too: the bot has forgotten the first.
      before = null;
      write();
      return close(true);
    }
    if (chosen.has(value)) chosen.delete(value);
    else if (chosen.size < most) chosen.add(value);
    write();
  };
  button.onclick = () => popup.hidden ? open() : close(true);
  search.oninput = fill;
  popup.onclick = event => {
    event.preventDefault();
    const value = event.target.closest("[data-value]")?.dataset.value;
    if (value !== undefined) toggle(value);
  };
  element.onkeydown = event => {
    const items = [...list.querySelectorAll("[data-value]")], at = items.indexOf(document.activeElement);
    if (event.key === "Escape" && !popup.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (popup.hidden) open();
      else items.at((at + (event.key === "ArrowDown" ? 1 : -1 + (at < 0))) % items.length)?.focus();
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      toggle(items[at].dataset.value);
    } else if (event.key === "Enter" && event.target === search) {
      event.preventDefault();
      if (items[0]) toggle(items[0].dataset.value);
    }
  };
  element.addEventListener("focusout", event => { if (!element.contains(event.relatedTarget)) close(false); });
  write();
  return { element, control: button, value: () => [...chosen], missing: () => required !== false && chosen.size < Math.max(least, 1) };
}
