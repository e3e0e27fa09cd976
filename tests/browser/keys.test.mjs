// With the keyboard alone: the skip link first, a visible ring on everything, nothing hidden under what sticks.
// And the small comforts of the script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, WIDE, launch, open, person, press, signIn } from "./house.mjs";
import { begin, submit } from "./papers.mjs";

const MOST_STOPS = 200;
const people = {};
let browser, draft, waiting;
before(async () => {
  browser = await launch();
  for (const [who, login] of Object.entries({ reader: null, clerk: "jingban", reviewer: "baomi", admin: "guanli" })) {
    people[who] = await person(browser);
    if (login) await signIn(people[who].page, login);
  }
  const { page } = people.clerk;
  draft = await begin(page, "关于键盘操作的通知");
  waiting = await submit(page, await begin(page, "关于审查台的通知"), "关于审查台的通知", "电话：13800138000\n");
});
after(async () => { await browser?.close(); });

/** Where the focus is, and what is wrong with how it shows. */
const stop = (page) => page.evaluate(() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const [box] = it.getClientRects();
  const wrong = [];
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) wrong.push("no ring");
  if (!box || box.bottom <= 0 || box.top >= innerHeight) wrong.push("out of sight");
  else {
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 0), innerHeight - 1);
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(it.contains(hit) || hit.contains(it))) wrong.push(`under ${hit?.outerHTML.slice(0, 80)}`);
  }
  return { html: it.outerHTML.slice(0, 120), skip: it.matches(".skip"), wrong };
});

async function walk(page) {
  await page.keyboard.press("Tab");
  const first = await stop(page);
  assert.ok(first?.skip, `the first stop is the skip link, not ${first?.html}`);
  const found = [...first.wrong];
  for (let n = 0; ; n++) {
    assert.ok(n < MOST_STOPS, "the keyboard never comes to the end");
    await page.keyboard.press("Tab");
    const at = await stop(page);
    if (!at || at.skip) break;
    found.push(...at.wrong.map((what) => `${what}: ${at.html}`));
  }
  assert.deepEqual(found, []);
}

const WALKS = [
  ["home", "reader", () => "/", [WIDE, PHONE]],
  ["record", "reader", () => "/records/4302SHILI/2017-00001", [WIDE]],
  ["records", "reader", () => "/records", [WIDE]],
  ["disclosure", "reader", () => "/disclosure/catalogue", [WIDE, PHONE]],
  ["correction", "reader", () => "/correction", [WIDE]],
  ["preferences", "reader", () => "/preferences", [WIDE]],
  ["inbox", "reviewer", () => "/desk", [WIDE]],
  ["edit", "clerk", () => draft, [WIDE, PHONE]],
  ["review", "reviewer", () => waiting, [WIDE]],
  ["staff", "admin", () => "/desk/staff", [WIDE]],
];

for (const [name, who, path, viewports] of WALKS) {
  for (const viewport of viewports) {
    test(`every stop on ${name} can be seen at ${viewport.width} pixels`, async () => {
      const { page } = people[who];
      await page.setViewportSize(viewport);
      await open(page, path());
      await walk(page);
    });
  }
}

test("the skip link leads to the main part", async () => {
  for (const [{ page }, path] of [[people.reader, "/"], [people.clerk, "/desk/record"]]) {
    await open(page, path);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", path);
  }
});

test("a refused form puts the keyboard on its summary, and from there on the field", async () => {
  const { page } = people.reader;
  await open(page, "/correction");
  await press(page, "提交申请", 422);
  assert.equal(await page.evaluate(() => document.activeElement.id), "err");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.name), "page");
});

test("a text area says how much room is left, in characters and not at every key", async () => {
  const { page } = people.reader;
  await open(page, "/correction");
  const says = page.locator("#f-what-count");
  assert.equal(await says.innerText(), "还可以写 2000 字");
  await page.getByRole("textbox", { name: "哪里不对" }).fill("第二段𠮷");
  await says.filter({ hasText: "还可以写 1996 字" }).waitFor();
  await page.getByRole("textbox", { name: "哪里不对" }).fill("字".repeat(2003));
  await says.filter({ hasText: "超出 3 字" }).waitFor();
});

test("what is typed into a draft is saved by itself", async (t) => {
  const { page } = people.clerk;
  await page.setViewportSize(WIDE);
  await open(page, draft);
  const form = page.locator("form[data-autosave]");
  if ((await form.count()) === 0) return t.skip("the editor does not save by itself");
  assert.match(await form.getAttribute("data-autosave"), /^\/desk\//);
  await page.getByRole("textbox", { name: "正文" }).fill("自动保存的字。");
  await form.locator("[data-saved]").filter({ hasText: "已自动保存" }).waitFor();
  await press(page, "保存");
  await open(page, draft);
  assert.equal(await page.getByRole("textbox", { name: "正文" }).inputValue(), "自动保存的字。");
});

test("nothing went wrong underneath", () => {
  for (const [who, { faults }] of Object.entries(people)) assert.deepEqual(faults, [], who);
});
