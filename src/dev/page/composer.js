// The message box: plain messages, and commands with their options as chips and suggestions from the bot.

import { act, el, place, post } from "./api.js";

const composer = document.getElementById("composer"), choices = document.getElementById("choices");
const chips = document.getElementById("chips"), box = document.getElementById("box");
const SUBCOMMANDS = [1, 2];
/// Kinds of options by Discord's number.
const KINDS = { 3: "text", 4: "whole number", 5: "yes or no", 6: "member", 7: "channel", 8: "role", 9: "member or role", 10: "number", 11: "file name" };
const PREFIX = { 6: "@", 7: "#", 8: "@&", 9: "@" };

let view, fail, command = null, selected = -1, asking = null, wait = 0;

export function setUp(onFail) {
  fail = onFail;
  composer.oninput = () => commandsFor(composer.value);
  box.onsubmit = event => { event.preventDefault(); send(); };
  box.onkeydown = keys;
}

export function update(next) {
  view = next;
  const guild = view.guilds.find(guild => guild.name === place.guild);
  const channel = guild?.channels.find(channel => channel.name === place.channel);
  composer.disabled = Boolean(channel && !channel.can_send);
  composer.placeholder = command ? "" : composer.disabled ? "You cannot write here" : `Message ${place.dm ? "Alphapy" : "#" + (place.channel ?? "")}`;
}

/// Every slash command that can be called, with its subcommands spelled out.
function slashCommands() {
  const guild = view?.guilds.find(guild => guild.name === place.guild);
  const flatten = (path, it, options) => {
    const nested = (options ?? []).filter(option => SUBCOMMANDS.includes(option.type));
    if (!nested.length) return [{ name: path, description: it.description, options: options ?? [] }];
    return nested.flatMap(option => flatten(`${path} ${option.name}`, option, option.options));
  };
  return (guild?.commands ?? []).filter(it => it.type === 1 && it.allowed).flatMap(it => flatten(`/${it.name}`, it, it.options));
}

function commandsFor(typed) {
  if (command || !typed.startsWith("/")) return hide();
  const wanted = typed.toLowerCase().trim();
  show(slashCommands().filter(it => it.name.startsWith(wanted) || it.name.includes(wanted.slice(1))).map(it => ({
    text: it.name, hint: it.description, attributes: { "data-command": it.name }, pick: () => begin(it) })));
}

/// Shows a list of things to pick with the arrows and Enter.
function show(items) {
  selected = items.length ? 0 : -1;
  choices.replaceChildren(...items.map((item, at) => el("li", { role: "option", id: `choice-${at}`, ...item.attributes,
    onmousedown: event => event.preventDefault(), onclick: item.pick }, el("b", {}, item.text), el("span", {}, item.hint ?? ""))));
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
  composer.setAttribute("aria-expanded", !choices.hidden);
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
  const shown = command.options.filter(option => option.required || command.values.has(option.name));
  const rest = command.options.filter(option => !shown.includes(option));
  chips.replaceChildren(el("b", {}, command.name), ...shown.map(chip),
    ...rest.map(option => el("button", { type: "button", class: "option", title: option.description, onclick: () => {
      command.values.set(option.name, option.type === 5 ? "true" : "");
      draw();
      chips.querySelector(`[data-option="${option.name}"]`).focus();
    } }, `+ ${option.name}`)));
  composer.placeholder = "";
}

function chip(option) {
  const value = command.values.get(option.name) ?? "", id = `option-${option.name}`;
  const keep = event => { command.values.set(option.name, event.target.value); command.picked.delete(option.name); };
  const shared = { id, "data-option": option.name, title: `${option.description} (${KINDS[option.type]})`, required: option.required };
  const fixed = option.choices?.map(choice => choice.name) ?? (option.type === 5 ? ["true", "false"] : names(option.type));
  if (fixed && (option.choices || option.type === 5)) {
    const input = el("select", { ...shared, onchange: keep }, fixed.map(name => el("option", { value: name, selected: name === value }, name)));
    command.values.set(option.name, value || fixed[0]);
    return el("span", { class: "chip" }, el("label", { for: id }, option.name), input);
  }
  const list = fixed && el("datalist", { id: `${id}-names` }, fixed.map(name => el("option", { value: name })));
  const input = el("input", { ...shared, value, list: fixed && `${id}-names`, placeholder: KINDS[option.type], maxlength: option.max_length,
    inputmode: [4, 10].includes(option.type) ? "decimal" : null, role: option.autocomplete ? "combobox" : null,
    oninput: event => { keep(event); if (option.autocomplete) suggest(option, event.target); } });
  if (option.autocomplete) input.onfocus = () => suggest(option, input);
  return el("span", { class: "chip" }, el("label", { for: id }, option.name), input, list);
}

function names(type) {
  const guild = view.guilds.find(guild => guild.name === place.guild);
  const members = () => guild.members.map(member => member.user.username), roles = () => guild.roles.map(role => role.name);
  const channels = () => guild.channels.filter(channel => channel.type === 0).map(channel => channel.name);
  return { 6: members, 7: channels, 8: roles, 9: members }[type]?.();
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
        command.picked.set(option.name, choice.name);
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
    return `${option.name}:${prefix}${value}`;
  });
  return [command.name, ...written].join(" ");
}

function problem() {
  const bad = command.options.find(option => {
    const value = command.values.get(option.name) ?? "";
    if (value === "") return option.required;
    return (option.type === 4 && !/^-?\d+$/.test(value)) || (option.type === 10 && Number.isNaN(Number(value)));
  });
  return bad && `${bad.name}: this option needs ${KINDS[bad.type]}.`;
}

async function send() {
  if (!command) {
    const text = composer.value.trim();
    if (!text) return;
    const known = slashCommands().find(it => it.name === text);
    if (known) return begin(known);
    composer.value = "";
    hide();
    return fail(await act({ types: text }));
  }
  const why = problem();
  if (why) return fail(why);
  const [picked] = command.picked.keys();
  const doing = picked ? { picks: { text: line(picked), choice: command.picked.get(picked) } } : { types: line() };
  reset();
  fail(await act(doing));
}

export function reset() {
  command = null;
  asking?.abort();
  clearTimeout(wait);
  chips.replaceChildren();
  hide();
  if (view) update(view);
  composer.focus();
}

function keys(event) {
  const items = choices.children;
  if (event.key === "Escape" && (command || !choices.hidden)) {
    event.preventDefault();
    return choices.hidden ? reset() : hide();
  }
  if (event.key === "Backspace" && command && event.target === composer && !composer.value) return reset();
  if (choices.hidden) {
    // A command's options are inputs of a form, which Enter in any of them sends.
    if (event.key === "Enter" && event.target.closest("#chips") && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      send();
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
    if (event.key === "Enter" && event.target === composer && /:/.test(composer.value)) return hide();
    event.preventDefault();
    items[selected]?.click();
  }
}
