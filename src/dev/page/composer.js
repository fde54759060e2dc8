// The message box: plain messages, and commands with their options as chips and suggestions from the bot.

import { act, el, guildOf, icon, place, post, upload } from "./api.js";
import { toPresent } from "./messages.js";

const by = id => document.getElementById(id);
const composer = by("composer"), choices = by("choices"), chips = by("chips"), box = by("box"), about = by("about");
const SUBCOMMANDS = [1, 2];
/// Kinds of options by Discord's number.
const KINDS = { 3: "text", 4: "a whole number", 5: "yes or no", 6: "a member", 7: "a channel", 8: "a role", 9: "a member or role", 10: "a number", 11: "a file" };
const PREFIX = { 6: "@", 7: "#", 8: "@&", 9: "@" };

let view, fail, command = null, selected = -1, asking = null, wait = 0, files = [], reply = null, editing = null;

export function setUp(onFail) {
  fail = onFail;
  composer.oninput = () => { grow(); commandsFor(composer.value); };
  box.onsubmit = event => { event.preventDefault(); send(); };
  box.onkeydown = keys;
  by("attach-button").onclick = () => by("attach").click();
  by("attach").onchange = event => { attach(event.target.files); event.target.value = ""; };
  composer.onpaste = event => { if (event.clipboardData.files.length) attach(event.clipboardData.files); };
  document.body.ondragover = event => event.preventDefault();
  document.body.ondrop = event => { event.preventDefault(); attach(event.dataTransfer.files); };
}

export function update(next) {
  view = next;
  const channel = guildOf(view)?.channels.find(channel => channel.name === place.channel);
  composer.disabled = by("attach-button").disabled = Boolean(channel && !channel.can_send);
  composer.placeholder = command ? "" : composer.disabled ? "You cannot write here" : `Message ${place.dm ? "Alphapy" : "#" + (place.channel ?? "")}`;
}

function grow() {
  composer.style.height = "auto";
  composer.style.height = `${Math.min(composer.scrollHeight, 200)}px`;
}

/// Files, and what is answered or changed, above the box.
function drawAbout() {
  const drop = (label, forget) => el("button", { type: "button", "aria-label": label, onclick: () => { forget(); drawAbout(); composer.focus(); } }, "✕");
  about.replaceChildren(
    ...(reply ? [el("p", {}, "Replying to ", el("b", {}, reply.author.username), drop("Do not reply", () => { reply = null; }))] : []),
    ...(editing ? [el("p", {}, "Changing your message", drop("Do not change it", () => { editing = null; composer.value = ""; }))] : []),
    ...files.map(name => el("p", {}, icon("file"), " ", name, drop(`Remove ${name}`, () => { files = files.filter(it => it !== name); }))));
  about.hidden = !about.children.length;
}

async function attach(list) {
  try {
    files.push(...await Promise.all([...list].map(upload)));
  } catch (error) {
    fail(error.message || "That file is too large.");
  }
  drawAbout();
  composer.focus();
}

export function replyTo(message) {
  [reply, editing] = [message, null];
  drawAbout();
  composer.focus();
}

export function edit(message, text) {
  [reply, editing] = [null, message];
  composer.value = text;
  grow();
  drawAbout();
  composer.focus();
}

/// What Discord's client calls a command, an option or a choice, and what it says of it, in the person's language.
const called = it => it.name_localizations?.[place.locale] ?? it.name;
const described = it => it.description_localizations?.[place.locale] ?? it.description;

/// Every slash command that can be called, with its subcommands spelled out. `name` is what everything goes by.
function slashCommands() {
  const flatten = (name, shown, it) => {
    const options = it.options ?? [], nested = options.filter(option => SUBCOMMANDS.includes(option.type));
    if (!nested.length) return [{ name, shown, description: described(it), options }];
    return nested.flatMap(option => flatten(`${name} ${option.name}`, `${shown} ${called(option)}`, option));
  };
  return (guildOf(view)?.commands ?? []).filter(it => it.type === 1 && it.allowed).flatMap(it => flatten(`/${it.name}`, `/${called(it)}`, it));
}

function commandsFor(typed) {
  if (command) return hide();
  if (!typed.startsWith("/")) return mentionsFor(typed);
  const wanted = typed.toLowerCase().trim();
  const named = name => name.startsWith(wanted) || name.includes(wanted.slice(1)) || wanted.split(/\s+/).every((word, at) => name.split(" ")[at]?.startsWith(word));
  show(slashCommands().filter(it => named(it.shown) || named(it.name)).map(it => ({
    text: it.shown, more: it.options.filter(option => option.required).map(called).join(" "), hint: it.description,
    attributes: { "data-command": it.name }, pick: () => begin(it) })));
}

/// After `@` or `#` in a plain message: members and roles, or channels.
function mentionsFor(typed) {
  const found = /(?:^|\s)([@#])(\S*)$/.exec(typed.slice(0, composer.selectionStart));
  if (!found) return hide();
  const [, sign, start] = found;
  const wanted = start.replace("&", "").toLowerCase();
  const all = sign === "#" ? things(7) : [...things(6), ...things(8).map(it => ({ ...it, text: `&${it.text}` }))];
  show(all.filter(it => it.text.replace("&", "").toLowerCase().startsWith(wanted) && !it.text.includes(" ") && it.text !== "&@everyone").slice(0, 10).map(it => ({
    text: sign + it.text, hint: it.hint, pick: () => {
      const end = composer.selectionStart;
      composer.setRangeText(`${it.text} `, end - start.length, end, "end");
      hide();
      composer.focus();
    } })));
}

/// Shows a list of things to pick with the arrows and Enter.
function show(items) {
  selected = items.length ? 0 : -1;
  choices.replaceChildren(...items.map((item, at) => el("li", { role: "option", id: `choice-${at}`, ...item.attributes,
    onmousedown: event => event.preventDefault(), onclick: item.pick }, el("b", {}, item.text), item.more && el("code", {}, item.more), el("span", {}, item.hint ?? ""))));
  choices.hidden = !items.length;
  mark();
}

function hide() {
  choices.hidden = true;
  choices.replaceChildren();
  selected = -1;
  mark();
}

function mark() {
  [...choices.children].forEach((item, at) => item.setAttribute("aria-selected", at === selected));
  choices.children[selected]?.scrollIntoView({ block: "nearest" });
  const input = box.contains(document.activeElement) ? document.activeElement : composer;
  for (const box of [composer, ...chips.querySelectorAll("[role=combobox]")]) box.setAttribute("aria-expanded", !choices.hidden && box === input);
  if (selected < 0) input.removeAttribute?.("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `choice-${selected}`);
}

/// A command was chosen: its name, a chip for each required option, and the others to add.
function begin(chosen) {
  command = { ...chosen, values: new Map(), picked: new Map() };
  composer.value = "";
  hide();
  draw();
  const first = chosen.options.find(option => option.required);
  if (first) chips.querySelector(`[data-option="${first.name}"]`)?.focus();
  else composer.focus();
}

function draw() {
  // What was suggested was for an input that is gone now.
  hide();
  const shown = command.options.filter(option => option.required || command.values.has(option.name));
  const rest = command.options.filter(option => !shown.includes(option));
  chips.replaceChildren(el("b", {}, command.shown), ...shown.map(chip),
    ...rest.map(option => el("button", { type: "button", class: "option", title: described(option), onclick: () => {
      command.values.set(option.name, option.type === 5 ? "true" : "");
      draw();
      chips.querySelector(`[data-option="${option.name}"]`).focus();
    } }, `+ ${called(option)}`)));
  composer.placeholder = "";
  by("attach-button").hidden = true;
}

function chip(option) {
  const value = command.values.get(option.name) ?? "", id = `option-${option.name}`;
  const keep = event => {
    command.values.set(option.name, event.target.value);
    command.picked.delete(option.name);
    event.target.setAttribute("aria-invalid", String(Boolean(event.target.value && unfit(option))));
  };
  const shared = { id, "data-option": option.name, title: `${described(option)} (${KINDS[option.type]})`, required: option.required };
  const label = el("label", { for: id }, called(option));
  const drop = !option.required && el("button", { type: "button", "aria-label": `Without ${called(option)}`, onclick: () => {
    command.values.delete(option.name);
    draw();
    composer.focus();
  } }, "✕");
  if (option.choices || option.type === 5) {
    const fixed = option.choices?.map(choice => [choice.name, called(choice)]) ?? [["true", "true"], ["false", "false"]];
    command.values.set(option.name, value || fixed[0][0]);
    return el("span", { class: "chip" }, label, el("select", { ...shared, onchange: keep }, fixed.map(([name, shown]) => el("option", { value: name, selected: name === value }, shown))), drop);
  }
  if (option.type === 11) {
    const input = el("input", { ...shared, type: "file", onchange: async event => {
      const [file] = event.target.files;
      if (file) command.values.set(option.name, await upload(file));
    } });
    return el("span", { class: "chip" }, label, input, drop);
  }
  const offers = option.autocomplete ? suggest : PREFIX[option.type] ? offer : null;
  const input = el("input", { ...shared, value, placeholder: KINDS[option.type], maxlength: option.max_length,
    inputmode: [4, 10].includes(option.type) ? "decimal" : null, role: offers && "combobox", "aria-controls": offers && "choices", "aria-expanded": offers && "false",
    oninput: event => { keep(event); offers?.(option, event.target); } });
  if (offers) input.onfocus = () => offers(option, input);
  return el("span", { class: "chip" }, label, input, drop);
}

/// Members, channels and roles of this server, as they are picked.
function things(type) {
  const guild = guildOf(view);
  if (!guild) return [];
  const role = id => guild.roles.find(role => role.id === id)?.name;
  const members = () => guild.members.map(it => ({ text: it.user.username, hint: it.roles.map(role).filter(Boolean).join(", ") }));
  const roles = () => guild.roles.map(it => ({ text: it.name, hint: "role" }));
  const category = id => guild.channels.find(it => it.id === id)?.name ?? "";
  const channels = () => guild.channels.map(it => ({ text: it.name, type: it.type, hint: it.type === 4 ? "category" : category(it.parent_id) }));
  return { 6: members, 7: channels, 8: roles, 9: () => [...members(), ...roles()] }[type]();
}

function offer(option, input) {
  const wanted = input.value.toLowerCase().replace(/^[@#]&?/, "");
  const fits = it => it.text.toLowerCase().includes(wanted) && (!option.channel_types || option.channel_types.includes(it.type));
  const sign = option.type === 7 ? "#" : "@";
  show(things(option.type).filter(fits).slice(0, 25).map(it => ({ text: sign + it.text.replace(/^@/, ""), hint: it.hint, attributes: { "data-choice": it.text }, pick: () => {
    command.values.set(option.name, it.text);
    input.value = it.text;
    hide();
    input.focus();
    hide();
  } })));
}

/// Asks the bot while somebody types; an answer that another key has overtaken is dropped.
function suggest(option, input) {
  asking?.abort();
  clearTimeout(wait);
  const asked = asking = new AbortController();
  wait = setTimeout(async () => {
    try {
      const { choices: found } = await post("suggest", { ...place, text: line(option.name) }, asked.signal);
      if (asked.signal.aborted || document.activeElement !== input) return;
      show(found.map(choice => ({ text: choice.name, attributes: { "data-choice": choice.name }, pick: () => {
        command.values.set(option.name, choice.name);
        command.picked.set(option.name, choice.value);
        input.value = choice.name;
        hide();
        input.focus();
        // What is picked needs no more suggestions.
        asking?.abort();
        clearTimeout(wait);
      } })));
    } catch { /* Overtaken, or the playground is away: there is nothing to suggest. */ }
  }, 150);
}

/// The command as one line of text, with `last` at its end.
function line(last) {
  const used = command.options.filter(option => option.name === last || (command.values.get(option.name) ?? "") !== "");
  const ordered = [...used.filter(option => option.name !== last), ...used.filter(option => option.name === last)];
  const written = ordered.map(option => {
    const value = command.values.get(option.name) ?? "";
    const prefix = PREFIX[option.type] && !/^[@#]/.test(value) ? PREFIX[option.type] : "";
    return `${option.name}:${option.type === 9 && value ? "@" : prefix}${value}`;
  });
  return [command.name, ...written].join(" ");
}

/// Whether what is written is not of the option's type.
function unfit(option) {
  const value = command.values.get(option.name) ?? "";
  if (value === "") return option.required;
  if (option.type === 4 || option.type === 10) {
    const number = Number(value);
    return Number.isNaN(number) || (option.type === 4 && !/^-?\d+$/.test(value)) || number < (option.min_value ?? -Infinity) || number > (option.max_value ?? Infinity);
  }
  if (!PREFIX[option.type]) return value.length < (option.min_length ?? 0);
  return !things(option.type).some(it => it.text.replace(/^@/, "") === value.replace(/^[@#]&?/, ""));
}

async function send() {
  if (!command) {
    const text = composer.value.trim();
    if (!text && !files.length) return;
    const known = slashCommands().find(it => it.shown === text || it.name === text);
    if (known) return begin(known);
    const doing = editing ? { edits: text } : text.startsWith("/") ? { types: text } : { posts: { text, files, reply: reply?.id ?? null } };
    const target = editing?.id;
    reset();
    if (!target) toPresent();
    return fail(await act(doing, target));
  }
  const bad = command.options.find(unfit);
  if (bad) {
    chips.querySelector(`[data-option="${bad.name}"]`)?.focus();
    const bounds = [bad.min_value !== undefined && `at least ${bad.min_value}`, bad.max_value !== undefined && `at most ${bad.max_value}`].filter(Boolean).join(" and ");
    return fail(`${called(bad)}: this option needs ${KINDS[bad.type]}${bounds ? `, ${bounds}` : ""}.`);
  }
  // What was picked is sent as the value behind it.
  const doing = { chooses: { text: line(), picked: Object.fromEntries(command.picked) } };
  reset();
  toPresent();
  fail(await act(doing));
}

export function reset() {
  command = reply = editing = null;
  files = [];
  composer.value = "";
  asking?.abort();
  clearTimeout(wait);
  chips.replaceChildren();
  by("attach-button").hidden = false;
  hide();
  drawAbout();
  grow();
  if (view) update(view);
  // On a phone the keyboard would cover what one came to read.
  if (matchMedia("(hover: hover)").matches) composer.focus();
}

function keys(event) {
  const items = choices.children;
  if (event.key === "Escape" && (command || reply || editing || !choices.hidden)) {
    event.preventDefault();
    return choices.hidden ? reset() : hide();
  }
  if (event.key === "Backspace" && command && event.target === composer && !composer.value) return reset();
  if (choices.hidden) {
    const inChip = event.target.closest("#chips") && event.target.tagName !== "BUTTON";
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && (event.target === composer || inChip)) {
      event.preventDefault();
      send();
    }
    if (event.key === "ArrowUp" && event.target === composer && !composer.value && !command) {
      const own = [...document.querySelectorAll("[data-own]")].at(-1);
      own?.dispatchEvent(new Event("edit"));
    }
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    selected = (selected + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
    return mark();
  }
  if (event.key === "Tab" || event.key === "Enter") {
    // A whole line that was pasted is sent as it is.
    if (event.key === "Enter" && event.target === composer && composer.value.startsWith("/") && /:/.test(composer.value)) {
      event.preventDefault();
      return send();
    }
    event.preventDefault();
    items[selected]?.click();
  }
}
