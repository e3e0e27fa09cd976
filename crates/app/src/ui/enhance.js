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

  // <div data-tools="f-text" data-paste="/desk/…">: buttons that write the notation, and a paste that keeps tables and
  // headings. What they write is what a person would type.
  document.querySelectorAll("[data-tools]").forEach((bar) => {
    const box = document.getElementById(bar.dataset.tools);
    if (!box) return;
    const put = (text, from = box.selectionStart, to = box.selectionEnd) => {
      box.focus();
      box.setRangeText(text, from, to, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const lines = (mark) => {
      const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
      const next = box.value.indexOf("\n", box.selectionEnd);
      const to = next < 0 ? box.value.length : next;
      put(box.value.slice(from, to).split("\n").map((line, i) => mark(i) + line).join("\n"), from, to);
    };
    const alone = (text) => {
      const before = box.value.slice(0, box.selectionStart);
      put((before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "") + text + "\n");
    };
    const tools = [
      ["一级标题", () => lines(() => "# ")],
      ["二级标题", () => lines(() => "## ")],
      ["列表", () => lines(() => "- ")],
      ["编号", () => lines((i) => `${i + 1}. `)],
      ["表格", () => alone("| 项目 | 内容 |\n|---|---|\n|  |  |")],
      ["图片", () => alone("![图片说明](文件名.png)")],
      ["落款", () => lines(() => ">> ")],
      ["日期", () => lines(() => ">>> ")],
    ];
    tools.forEach(([label, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn sec s";
      button.textContent = label;
      button.addEventListener("click", act);
      bar.append(button);
    });
    const count = document.createElement("span");
    count.className = "muted small record-count";
    const say = () => { count.textContent = `${[...box.value.replace(/\s/g, "")].length} 字`; };
    box.addEventListener("input", say);
    say();
    bar.append(count);
    box.addEventListener("paste", async (event) => {
      const page = event.clipboardData && event.clipboardData.getData("text/html");
      const plain = event.clipboardData && event.clipboardData.getData("text/plain");
      if (!page || !bar.dataset.paste) return;
      event.preventDefault();
      const fields = new URLSearchParams({ html: page, csrf: box.form.elements.csrf.value });
      try {
        const answer = await fetch(bar.dataset.paste, { method: "POST", body: fields });
        put(answer.ok ? await answer.text() : plain);
      } catch {
        put(plain);
      }
    });
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

  // <div data-draw="5"><img></div>: a rectangle that is dragged over the picture is written into the next row of
  // numbers (left-1, top-1, width-1, height-1), in pixels of the picture.
  document.querySelectorAll("[data-draw]").forEach((frame) => {
    const image = frame.querySelector("img");
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    frame.append(canvas);
    const field = (name, n) => document.querySelector(`[name="${name}-${n}"]`);
    const rows = [...Array(Number(frame.dataset.draw)).keys()].map((n) => n + 1);
    const NAMES = ["left", "top", "width", "height"];
    const box = (n) => NAMES.map((name) => Number(field(name, n).value));
    let from = null;
    const at = (event) => {
      const shown = canvas.getBoundingClientRect();
      const across = (event.clientX - shown.left) * canvas.width / shown.width;
      return [across, (event.clientY - shown.top) * canvas.height / shown.height];
    };
    const around = (a, b) => [
      Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]),
    ];
    const paint = (extra) => {
      const pen = canvas.getContext("2d");
      pen.clearRect(0, 0, canvas.width, canvas.height);
      [...rows.map(box), ...extra].forEach((one) => pen.fillRect(...one));
    };
    const fit = () => { canvas.width = image.naturalWidth; canvas.height = image.naturalHeight; paint([]); };
    if (image.complete) fit();
    image.addEventListener("load", fit);
    rows.flatMap((n) => NAMES.map((name) => field(name, n))).forEach((it) => {
      it.addEventListener("input", () => paint([]));
    });
    canvas.addEventListener("pointerdown", (event) => { from = at(event); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => { if (from) paint([around(from, at(event))]); });
    canvas.addEventListener("pointerup", (event) => {
      if (!from) return;
      const made = around(from, at(event)).map(Math.round);
      from = null;
      const free = rows.find((n) => !field("width", n).value);
      if (free && made[2] > 1 && made[3] > 1) {
        NAMES.forEach((name, i) => { field(name, free).value = made[i]; });
      }
      paint([]);
    });
  });
})();
