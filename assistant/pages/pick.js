// Runs once for each HTML component: whatever carries data-pick tells the server it was chosen, by pointer or keyboard,
// with the words in the box of its data-form, if there is one.
const tell = (chosen) => {
  element.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  chosen.classList.add("chosen");
  const box = chosen.closest("[data-form]")?.querySelector("[data-text]");
  trigger("pick", { pick: chosen.dataset.pick, value: chosen.dataset.value, text: box ? box.value : "" });
};
element.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-pick]");
  if (!chosen || !element.contains(chosen)) return;
  if (chosen.tagName !== "BUTTON" && !getSelection().isCollapsed) return; // words are being selected, not chosen
  tell(chosen);
});
element.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter that ends a Chinese word is no command
  if (event.target.matches("[data-text]")) {
    const go = event.target.closest("[data-form]")?.querySelector("[data-pick]");
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || !go) return;
    event.preventDefault();
    tell(go);
    return;
  }
  const chosen = event.target.closest("[data-pick]");
  if (!chosen || !element.contains(chosen) || chosen.tagName === "BUTTON") return; // buttons click by themselves
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  tell(chosen);
});
