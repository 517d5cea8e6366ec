// Long texts go to the server while they are typed. Nothing stays in the browser.

const PAUSE = 800; // milliseconds without a key before the text is sent
const LOST = "We could not save what you typed just now. Copy it before you leave this page.";
const SIGNED_OUT = "You have been signed out. Send the form, and what you typed is waiting when you are back.";

export function keepDrafts() {
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);
}

function keepDraft(form) {
  const state = form.querySelector("[data-draft-state]");
  let timer = null;
  let isChanged = false;
  let isSent = false;

  function texts() {
    const boxes = form.querySelectorAll("textarea[name], input[data-draft]");
    return Object.fromEntries([...boxes].map((box) => [box.name, box.value]));
  }

  async function save() {
    clearTimeout(timer);
    if (!isChanged || isSent) return;
    isChanged = false;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        keepalive: true,
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        },
        body: JSON.stringify({ page: location.pathname + location.search, texts: texts() }),
      });
      state.textContent = answer.status === 204 ? "Saved as a draft." : answer.redirected ? SIGNED_OUT : LOST;
    } catch {
      state.textContent = LOST;
    }
  }

  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pagehide", save);
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}
