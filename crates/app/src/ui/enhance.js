// Small comforts. Every page works without this file; nothing here is needed to do one's duty.
(() => {
  "use strict";

  // <textarea data-count="2000" data-count-to="f-text-count">: says how much room is left, not at every key.
  document.querySelectorAll("[data-count]").forEach((box) => {
    const out = document.getElementById(box.dataset.countTo);
    if (!out) return;
    let timer;
    const say = () => {
      const left = Number(box.dataset.count) - [...box.value].length;
      out.textContent = left < 0 ? `超出 ${-left} 字` : `还可以写 ${left} 字`;
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(say, 600); });
    say();
  });

  // <button hidden data-copy="https://…">: shown only where copying works.
  if (navigator.clipboard) {
    document.querySelectorAll("button[data-copy]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = "已复制";
      });
    });
  }

  // <form data-autosave="/desk/…/autosave">: posts the form to its own draft two seconds after the last key.
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const out = form.querySelector("[data-saved]");
    const say = (text) => { if (out) out.textContent = text; };
    let timer;
    let running = false;
    let again = false;
    const save = async () => {
      if (running) { again = true; return; }
      running = true;
      try {
        const fields = new URLSearchParams();
        for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields });
        const text = (await answer.text()).trim();
        const version = answer.headers.get("x-version");
        if (version && form.elements.version) form.elements.version.value = version;
        say(answer.ok ? `已自动保存${text ? ` ${text}` : ""}` : text || "没有存上。请点保存");
      } catch {
        say("网络断了，没有存上。您写的还在本页");
      }
      running = false;
      if (again) { again = false; save(); }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 2000); });
    form.addEventListener("submit", () => clearTimeout(timer));
  });
})();
