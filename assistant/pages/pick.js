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
  if (!chosen || !element.contains(chosen) || chosen.isContentEditable) return;
  if (chosen.tagName !== "BUTTON" && !getSelection().isCollapsed) return; // words are being selected, not chosen
  tell(chosen);
});

// A sentence or line of the sheet is written over where it stands: double click or F2, Enter keeps, Escape takes back.
const write = (line) => {
  const before = line.textContent;
  const look = line.innerHTML;
  try {
    line.contentEditable = "plaintext-only";
  } catch {
    line.contentEditable = "true"; // an older browser
  }
  line.focus();
  const end = (keep) => {
    line.contentEditable = "false";
    line.removeEventListener("blur", leave);
    const text = line.textContent.trim();
    if (!keep || text === before.trim() || !text) return void (line.innerHTML = look);
    const pick = line.dataset.pick === "line" ? "write" : "edit";
    trigger("pick", { pick, value: line.dataset.value, text });
  };
  const leave = () => end(true);
  line.addEventListener("blur", leave);
  line.onkeydown = (event) => {
    if (line.contentEditable === "false" || event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") end(false);
    if (event.key !== "Enter") return;
    event.preventDefault();
    end(true);
  };
};
const writable = (target) => target.closest('[data-pick="sentence"], [data-pick="line"]');
element.addEventListener("dblclick", (event) => {
  const line = writable(event.target);
  if (line && element.contains(line)) write(line);
});
element.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter that ends a Chinese word is no command
  if (event.key === "F2" && writable(event.target)) {
    event.preventDefault();
    write(writable(event.target));
    return;
  }
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
