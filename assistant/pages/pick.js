// Runs once for each HTML component: whatever carries data-pick tells the server it was chosen, by pointer or keyboard.
const choose = (event) => {
  const chosen = event.target.closest("[data-pick]");
  if (!chosen || !element.contains(chosen)) return;
  if (event.type === "keydown") {
    if (chosen.tagName === "BUTTON" || (event.key !== "Enter" && event.key !== " ")) return; // buttons click by themselves
    event.preventDefault();
  }
  element.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  chosen.classList.add("chosen");
  trigger("pick", { pick: chosen.dataset.pick, value: chosen.dataset.value });
};
element.addEventListener("click", choose);
element.addEventListener("keydown", choose);
