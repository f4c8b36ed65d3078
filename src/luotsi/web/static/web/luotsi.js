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
