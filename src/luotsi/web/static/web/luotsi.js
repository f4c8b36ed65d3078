// The little that is better with a script. Every page works without it.
"use strict";

// The summary of errors is read first after the page was loaded again.
document.querySelector(".errors:not([data-still] *)")?.focus();

// A form is sent once: the button says that it works, and a second press does nothing for a while.
const PATIENCE = 10000; // milliseconds; an answer that is a file leaves the page where it is

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, PATIENCE, form);
});

// Coming back with the browser's button, the form may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

// What is answered without the name is kept in this browser until it is sent, and nowhere else. A browser that forbids
// it keeps nothing.
const store = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};
const answersIn = (form) => [...new FormData(form)].filter(([name]) => !name.startsWith("csrf") && name !== "at.to");

for (const form of document.querySelectorAll("form[data-draft]")) {
  const keep = () => store((kept) => kept.setItem(form.dataset.draft, JSON.stringify(answersIn(form))));
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  if (!("fresh" in form.dataset)) keep();
  for (const note of document.querySelectorAll("[data-kept]")) note.hidden = store(() => true) === null;
}

for (const box of document.querySelectorAll("[data-resume]")) {
  const begun = store((kept) => JSON.parse(kept.getItem(box.dataset.resume)));
  box.hidden = !begun;
  box.querySelector("form").addEventListener("submit", (event) => {
    for (const [name, value] of begun) {
      event.target.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
    }
  });
  box.querySelector("[data-forget]").addEventListener("click", () => {
    store((kept) => kept.removeItem(box.dataset.resume));
    box.hidden = true;
  });
}

for (const page of document.querySelectorAll("[data-sent]")) store((kept) => kept.removeItem(page.dataset.sent));
