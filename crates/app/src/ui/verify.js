// Hashes a chosen file on the reader's own machine and asks with the digest alone: the file is not sent.
// Without this file, the form sends it, and we hash and forget it.
(() => {
  "use strict";
  if (!window.crypto || !crypto.subtle) return;
  document.querySelectorAll("form[data-digest]").forEach((form) => {
    const [from, to, said] = form.dataset.digest.split(" ");
    const file = form.elements[from];
    const digest = form.elements[to];
    const out = document.getElementById(said);
    const isProof = async (chosen) => (await chosen.slice(0, 20).text()).startsWith("c2sp.org/tlog-proof@");
    file.addEventListener("change", async () => {
      const chosen = file.files[0];
      if (!chosen) return;
      try {
        if (await isProof(chosen)) { out.textContent = "这是凭证文件，会发给本平台核验，不保存。"; return; }
        const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer()));
        digest.value = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
        out.textContent = `已在本机算出“${chosen.name}”的摘要，文件不会发出去。请按“核验”。`;
        file.value = "";
      } catch {
        out.textContent = "";
      }
    });
  });
})();
