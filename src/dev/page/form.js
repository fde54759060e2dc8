// Forms (Discord's modals) as a dialog.

import { act, el, upload } from "./api.js";
import { markdown } from "./markdown.js";
import { menu } from "./select.js";

const dialog = document.getElementById("form");
let open = null;

/// Shows the form that the bot opened, or closes the dialog when there is none.
export function update(view, look) {
  const form = view.form;
  const key = form && JSON.stringify(form);
  if (key === open) return;
  open = key;
  if (!form) return leave();
  const problem = el("p", { role: "alert", class: "required" });
  const inputs = [];
  const parts = form.components.map(part => {
    if (part.type === 10) return markdown(part.content, look);
    // A row is how forms looked before there were labels.
    const labelled = part.type === 18 ? part : { label: part.components?.[0]?.label, component: part.components?.[0] };
    if (!labelled.component) return null;
    const made = field(labelled, view);
    inputs.push(made);
    return made.element;
  });
  const submit = async event => {
    event.preventDefault();
    const missing = inputs.find(it => it.missing?.());
    if (missing) {
      problem.textContent = `${missing.label}: this is required.`;
      return missing.focus();
    }
    const fields = await Promise.all(inputs.map(async ({ label, value }) => [label, await value()]));
    // What was written stays in the dialog while Discord finds something wrong with it.
    problem.textContent = await act({ submits: fields }) ?? "";
  };
  dialog.replaceChildren(el("form", { onsubmit: submit }, el("h2", { id: "form-title" }, form.title), parts, problem,
    el("menu", {}, el("button", { type: "button", onclick: cancel }, "Cancel"), el("button", { class: "go" }, "Submit"))));
  dialog.dataset.form = form.custom_id;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("form input, form textarea, form button")?.focus();
}

/// Closes the form at once; the bot does not hear of it.
async function cancel() {
  leave();
  await act("dismisses");
  // The same form, opened again, is another one.
  open = null;
}

// Escape.
dialog.oncancel = event => {
  event.preventDefault();
  cancel();
};
/// Closes the dialog and goes on where one was, or in the message box where that is gone.
function leave() {
  dialog.close();
  dialog.replaceChildren();
  // Chromium gives the focus back but no place to type at, since that was in an input that is gone.
  const back = document.activeElement;
  back.blur();
  (back === document.body ? document.getElementById("composer") : back).focus({ preventScroll: true });
}

/// One input with its label, and how to read it.
function field({ label, description, component }, view) {
  const id = `field-${component.custom_id}`, input = control(component, view, label);
  const shown = input.control ?? input.element;
  shown.setAttribute("data-label", label);
  shown.id = id;
  const hint = description && el("p", { class: "hint", id: `${id}-hint` }, description);
  if (hint) shown.setAttribute("aria-describedby", hint.id);
  const count = component.type === 4 && el("span", { class: "hint" });
  if (count) {
    const write = () => { count.textContent = ` ${shown.value.length}/${component.max_length ?? 4000}`; };
    shown.oninput = write;
    write();
  }
  const starred = component.required !== false && component.type !== 23;
  const name = [label, starred && el("span", { class: "required", title: "required" }, " *"), count || null];
  const element = el("div", { class: "field" },
    input.group ? el("p", { class: "name" }, name) : el("label", { class: "name", for: id }, name), hint, input.element);
  return { label, element, value: input.value, missing: input.missing, focus: () => shown.focus() };
}

function control(part, view, label) {
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
    const boxes = part.options.map(option => el("input", { type: kind, name: part.custom_id, value: option.value, checked: option.default }));
    const element = el("div", { role: kind === "radio" ? "radiogroup" : "group", "aria-label": label, tabindex: "-1" }, boxes.map((box, at) =>
      el("label", { class: "choice" }, box, el("span", {}, part.options[at].label, part.options[at].description && el("small", {}, part.options[at].description)))));
    const value = () => boxes.filter(box => box.checked).map(box => box.value).join("\n");
    return { element, group: true, value, missing: () => required && !value() };
  }
  if (part.type === 19) {
    const element = el("input", { type: "file", required, multiple: (part.max_values ?? 1) > 1 });
    return { element, value: async () => (await Promise.all([...element.files].map(upload))).join("\n") };
  }
  const made = menu(part, view, { label, required });
  return { ...made, value: () => made.value().join("\n") };
}
