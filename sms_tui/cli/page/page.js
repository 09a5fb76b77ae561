// What textual.js leaves to the page: where the program is, its font loaded before cells are measured, and the keys.
const begin = window.onload;
const terminal = document.getElementById("terminal");
const message = document.querySelector("#message span");
const again = document.querySelector("#message button");

terminal.dataset.sessionWebsocketUrl = `ws://${location.host}/ws`;
again.onclick = () => location.reload();

window.onload = async (event) => {
  await document.fonts.load("16px 'Roboto Mono'").catch(() => {});
  begin(event);
};

// A terminal that screen readers can read leaves these to the browser: help, and the next thing on the page.
terminal.addEventListener("keydown", (event) => {
  if (/^(Tab|F\d+)$/.test(event.key)) event.preventDefault();
}, true);

new MutationObserver(() => {
  if (document.body.classList.contains("-closed")) {
    message.textContent = message.dataset.ended;
    again.focus();
  } else if (document.body.classList.contains("-first-byte")) {
    terminal.querySelector("textarea").focus();
  }
}).observe(document.body, { attributeFilter: ["class"] });
