// The few things the browser does by itself: theme, pointer hints, copying, closing the drawer, keys of the request box.
(() => {
  const dark = () => document.body.classList.contains("dark");
  const setTheme = (theme) => {
    document.body.classList.toggle("dark", theme === "dark");
    document.documentElement.style.colorScheme = theme;
  };
  const stored = new URLSearchParams(location.search).get("__theme") || localStorage.getItem("gongbi-theme");
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  setTheme(stored === "dark" || stored === "light" ? stored : system);

  const hint = document.createElement("div");
  hint.id = "hint";
  hint.setAttribute("role", "tooltip");
  document.body.append(hint);
  const showHint = (target) => {
    const text = target && target.dataset.hint;
    hint.classList.toggle("shown", Boolean(text));
    if (!text) return;
    hint.textContent = text;
    const box = target.getClientRects()[0];
    const left = Math.min(Math.max(8, box.left), innerWidth - hint.offsetWidth - 8);
    const above = box.top - hint.offsetHeight - 6;
    hint.style.left = `${left}px`;
    hint.style.top = `${above > 4 ? above : box.bottom + 6}px`;
  };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") showHint(event.target.closest("[data-hint]"));
  });
  document.addEventListener("focusin", (event) => showHint(event.target.closest("[data-hint]")));
  document.addEventListener("scroll", () => { // moving to a place by keyboard scrolls to it: its hint goes along
    const there = document.activeElement?.closest("[data-hint]");
    showHint(there && hint.textContent === there.dataset.hint ? there : null);
  }, true);

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // plain http on a local network has no clipboard object
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  // Gradio's words for screen readers that follow no language setting
  const SPOKEN = [
    [/^chatbot conversation$/, "对话"],
    [/^user's message: /, "您说："],
    [/^bot's message: /, "工笔说："],
    [/^(Click to upload or drop files|File upload)$/, "点击或拖入文件上传"],
    [/^Close$/, "关闭"],
    [/^Select example \d+: /, "例子："],
  ];
  const speakChinese = (element) => {
    const label = element.getAttribute("aria-label");
    const [english, chinese] = SPOKEN.find(([pattern]) => pattern.test(label)) || [];
    if (english) element.setAttribute("aria-label", label.replace(english, chinese));
  };
  const TOASTS = { Info: "提示", Error: "没有做成", Warning: "请注意", Success: "好了" };
  const nameToast = (title) => {
    const text = title.firstChild;
    const chinese = text && TOASTS[text.textContent.trim()];
    if (chinese) text.textContent = chinese;
  };
  let outlineOpen = innerWidth >= 900; // on a phone the list of parts would stand before the sheet
  document.addEventListener("click", (event) => {
    const outline = event.target.closest(".outline summary")?.parentElement;
    if (outline) outlineOpen = !outline.open;
  });
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.nodeType !== Node.ELEMENT_NODE) continue;
      target.querySelectorAll(".outline > details").forEach((outline) => (outline.open = outlineOpen));
      if (target.hasAttribute("aria-label")) speakChinese(target);
      target.querySelectorAll("[aria-label]").forEach(speakChinese);
      target.querySelectorAll(".toast-title").forEach(nameToast);
    }
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });

  // Tells a screen reader nothing new, moves the eye: to the place a list speaks of, or back.
  const jump = (name) => {
    const there = document.getElementById(name);
    if (!there) return;
    there.scrollIntoView({ block: "center", behavior: "smooth" });
    there.classList.add("found");
    setTimeout(() => there.classList.remove("found"), 1800);
  };
  const turnTo = (page) => document.querySelector(`#pages button[role=tab][data-tab-id="${page}"]`)?.click();
  const closeMenus = (but) => document.querySelectorAll("details.menu[open]").forEach((menu) => menu !== but && (menu.open = false));
  const inBox = (element) => element.matches?.("input, textarea, [contenteditable=true]");

  const closeDrawer = () =>
    document.querySelectorAll(".drawer").forEach((drawer) => {
      const stops = drawer.querySelector("[data-stops]"); // what is under way for it ends with it
      if (stops) document.querySelector(stops.dataset.stops)?.click();
      drawer.remove();
    });

  // Words selected on the sheet: the bar of rewording comes to them and learns which sentences they touch.
  const touched = (range, sentence) => {
    if (!range.intersectsNode(sentence)) return false;
    const part = document.createRange();
    part.selectNodeContents(sentence);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    return part.toString().trim() !== "";
  };
  const showBar = () => {
    const bar = document.querySelector("#sheet .reword-bar");
    if (!bar) return;
    const selection = getSelection();
    const writing = document.activeElement?.isContentEditable;
    const range = selection.rangeCount && !selection.isCollapsed && !writing ? selection.getRangeAt(0) : null;
    const sentences = range ? [...document.querySelectorAll("#sheet .sentence")].filter((each) => touched(range, each)) : [];
    bar.hidden = sentences.length === 0;
    if (bar.hidden) return;
    const places = sentences.map((each) => each.dataset.value).join("+");
    bar.querySelectorAll("[data-pick]").forEach((button) => (button.dataset.value = button.dataset.value.replace(/[^|]*$/, places)));
    const box = range.getBoundingClientRect();
    const above = Math.min(Math.max(box.top, 60), innerHeight - 60) - bar.offsetHeight - 8;
    bar.style.top = `${above > 4 ? above : box.bottom + 8}px`;
    bar.style.left = `${Math.min(Math.max(8, box.left), innerWidth - bar.offsetWidth - 8)}px`;
  };
  let selecting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(selecting);
    selecting = setTimeout(showBar, 150); // once the pointer rests
  });
  document.addEventListener("scroll", showBar, true);
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".reword-bar")) event.preventDefault(); // the words stay selected
  });
  document.addEventListener("click", async (event) => {
    const target = event.target;
    if (target.closest("[data-theme-switch]")) {
      const theme = dark() ? "light" : "dark";
      setTheme(theme);
      localStorage.setItem("gongbi-theme", theme);
    }
    if (target.closest("[data-close]")) closeDrawer();
    if (target.closest(".reword-bar [data-pick]")) getSelection().empty();
    const copier = target.closest("[data-copy]");
    if (copier) {
      await copy(copier.dataset.copy);
      const words = copier.textContent;
      copier.textContent = "已复制";
      setTimeout(() => (copier.textContent = words), 1500);
    }
    const place = target.closest("[data-jump]");
    if (place) jump(place.dataset.jump);
    const link = target.closest('a[href*="#page-"]'); // in what the chat says
    if (link) {
      event.preventDefault();
      turnTo(link.getAttribute("href").split("#page-")[1]);
    }
    closeMenus(target.closest("summary") && target.closest("details.menu"));
  });
  // Gradio lets no second request in before the first has ended, to the last message of its protocol: what was
  // sent a moment too early goes out then, unless it was changed or taken back.
  let sending = 0; // counts what was sent, and what was stopped
  const insist = (said, tries, number) => {
    const box = document.querySelector("#request textarea");
    if (!said.trim() || !tries || number !== sending || box?.value !== said) return;
    const answering = document.querySelector("#request .stop-button");
    if (!answering) document.querySelector("#request .submit-button")?.click();
    setTimeout(() => insist(said, answering ? tries : tries - 1, number), 300);
  };
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key === "Escape") {
      sending++;
      const stop = document.querySelector("#request .stop-button");
      if (stop) stop.click();
      closeDrawer();
      closeMenus(null);
    }
    const place = box.closest?.("[data-jump]");
    if (place && place.tagName !== "BUTTON" && (event.key === "Enter" || event.key === " ")) jump(place.dataset.jump);
    if (event.ctrlKey && !inBox(box) && !event.altKey) {
      const way = { z: "#undo", y: "#redo" }[event.key.toLowerCase()];
      const button = way && document.querySelector(way);
      if (button && button.offsetParent && !button.disabled) {
        event.preventDefault();
        button.click();
      }
    }
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey && !event.isComposing && box.matches?.("#request textarea")) {
      const said = box.value;
      const number = ++sending;
      setTimeout(() => insist(said, 3, number), 300);
    }
    if (event.key === "Enter" && event.ctrlKey && box.matches?.("#request textarea")) {
      event.preventDefault();
      event.stopPropagation(); // or the box would send
      box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, true);
})();
