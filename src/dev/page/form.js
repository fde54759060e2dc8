// Forms (Discord's modals) as a dialog.

import { act, el } from "./api.js";
import { offered } from "./messages.js";

const dialog = document.getElementById("form");
let open = null;

/// Shows the form that the bot opened, or closes the dialog when there is none.
export function update(view) {
  const form = view.form;
  const key = form && JSON.stringify(form);
  if (key === open) return;
  open = key;
  if (!form) return dialog.close();
  const problem = el("p", { role: "alert", class: "required" });
  const inputs = form.components.filter(it => it.type === 18).map(label => field(label, view));
  const submit = async event => {
    event.preventDefault();
    const failed = await act({ submits: inputs.map(({ label, value }) => [label, value()]) });
    // What was written stays in the dialog while Discord finds something wrong with it.
    problem.textContent = failed ?? "";
  };
  dialog.replaceChildren(el("form", { onsubmit: submit },
    el("h2", { id: "form-title" }, form.title),
    form.components.filter(it => it.type === 10).map(text => el("p", {}, text.content)),
    inputs.map(({ element }) => element), problem,
    el("menu", {}, el("button", { type: "button", onclick: cancel }, "Cancel"), el("button", { class: "go" }, "Submit"))));
  dialog.dataset.form = form.custom_id;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input, textarea, select")?.focus();
}

const cancel = () => act("dismisses");
dialog.oncancel = event => {
  event.preventDefault();
  cancel();
};

/// One input with its label, and how to read it.
function field({ label, description, component }, view) {
  const input = control(component, view);
  const shown = input.control ?? input.element;
  shown.setAttribute("data-label", label);
  const count = component.type === 4 && el("span", { class: "hint" });
  if (count) {
    const write = () => { count.textContent = ` ${shown.value.length}/${component.max_length ?? 4000}`; };
    shown.oninput = write;
    write();
  }
  const element = el("label", {}, label, component.required !== false && component.type !== 23 && el("span", { class: "required", title: "required" }, " *"),
    count || null, description && el("div", { class: "hint" }, description), input.element);
  return { label, element, value: input.value };
}

function control(part, view) {
  const required = part.required !== false;
  if (part.type === 4) {
    const element = el(part.style === 2 ? "textarea" : "input", { required, maxlength: part.max_length ?? 4000,
      minlength: part.min_length, placeholder: part.placeholder });
    element.value = part.value ?? "";
    return { element, value: () => element.value };
  }
  if (part.type === 23) {
    const element = el("input", { type: "checkbox", checked: part.default });
    return { element, value: () => String(element.checked) };
  }
  if (part.type === 21 || part.type === 22) {
    const kind = part.type === 21 ? "radio" : "checkbox";
    const boxes = part.options.map(option => el("input", { type: kind, name: part.custom_id, value: option.label, checked: option.default }));
    const element = el("div", { role: "group" }, boxes.map((box, at) => el("div", {}, box, " ", part.options[at].label)));
    return { element, value: () => boxes.filter(box => box.checked).map(box => box.value).join(", ") };
  }
  if (part.type === 19) {
    const element = el("input", { required, placeholder: "Name of a file you have, such as notes.txt" });
    return { element, value: () => element.value };
  }
  const several = (part.max_values ?? 1) > 1;
  const element = el("select", { required, multiple: several }, !several && !required && el("option", { value: "" }, "—"),
    offered(part, view).map(name => el("option", { value: name, selected: part.options?.some(it => it.label === name && it.default) }, name)));
  return { element, value: () => [...element.selectedOptions].map(option => option.value).filter(Boolean).join(", ") };
}
