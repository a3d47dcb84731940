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
  document.addEventListener("scroll", () => showHint(null), true);

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
  ];
  const speakChinese = (element) => {
    const label = element.getAttribute("aria-label");
    const [english, chinese] = SPOKEN.find(([pattern]) => pattern.test(label)) || [];
    if (english) element.setAttribute("aria-label", label.replace(english, chinese));
  };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.nodeType !== Node.ELEMENT_NODE) continue;
      if (target.hasAttribute("aria-label")) speakChinese(target);
      target.querySelectorAll("[aria-label]").forEach(speakChinese);
    }
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });

  const closeDrawer = () => document.querySelectorAll(".drawer").forEach((drawer) => drawer.remove());
  document.addEventListener("click", async (event) => {
    const target = event.target;
    if (target.closest("[data-theme-switch]")) {
      const theme = dark() ? "light" : "dark";
      setTheme(theme);
      localStorage.setItem("gongbi-theme", theme);
    }
    if (target.closest("[data-close]")) closeDrawer();
    const copier = target.closest("[data-copy]");
    if (copier) {
      await copy(copier.dataset.copy);
      const words = copier.textContent;
      copier.textContent = "已复制";
      setTimeout(() => (copier.textContent = words), 1500);
    }
    const page = target.closest("[data-page]");
    if (page) document.querySelector(`#pages button[role=tab][data-tab-id="${page.dataset.page}"]`)?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
    const box = event.target;
    if (event.key === "Enter" && event.ctrlKey && box.matches?.("#request textarea")) {
      event.preventDefault();
      event.stopPropagation(); // or the box would send
      box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, true);
})();
