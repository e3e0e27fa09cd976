// The whole path of a notice: written, refused, mended, previewed, submitted, reviewed, read by anyone, taken down.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { PHONE, WIDE, launch, open, person, press, shot, signIn } from "./house.mjs";

const RUNS = [
  { name: "1280 pixels, with scripts", viewport: WIDE, scripts: true, title: "关于开展养殖尾水检查的通知" },
  { name: "390 pixels, without scripts", viewport: PHONE, scripts: false, title: "关于冬季动物防疫安排的通知" },
];
const TEXT = "各养殖场：\n# 一、检查内容\n- 用药记录\n- 检疫证明\n| 日期 | 县市区 |\n|---|---|\n| 11月25日 | 渌口区 |\n";
const LATER = ">> 株洲市畜牧兽医水产局\n>>> 2026年11月20日\n";
const FILE = { name: "检查表.txt", mimeType: "text/plain", buffer: Buffer.from("检查表\r\n一、用药记录\r\n") };
const QUESTIONS = 6;

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

for (const { name, viewport, scripts, title } of RUNS) {
  test(name, async (t) => {
    const people = {};
    for (const who of ["clerk", "reviewer", "reader"]) people[who] = await person(browser, { viewport, scripts });
    const [clerk, reviewer, reader] = [people.clerk.page, people.reviewer.page, people.reader.page];
    const kept = (page, what) => shot(page, `path-${what}${scripts ? "" : "-noscript"}`);
    let desk, path;
    // Each step stands on the one before: the first that fails ends the run.
    const step = async (says, work) => {
      let passed = false;
      await t.test(says, async () => { await work(); passed = true; });
      assert.ok(passed, `stopped at: ${says}`);
    };

    await step("the clerk begins a notice by pasting a text", async () => {
      await signIn(clerk, "jingban");
      await clerk.getByRole("main").getByRole("link", { name: "新建公开件" }).first().click();
      await press(clerk, "建稿并继续", 422);
      await clerk.getByRole("combobox", { name: /^信息种类/ }).selectOption("notice");
      await clerk.getByRole("textbox", { name: "正文" }).fill(TEXT);
      await press(clerk, "建稿并继续");
      desk = new URL(clerk.url()).pathname;
      assert.match(desk, /^\/desk\/record\/[0-9a-f-]+$/);
    });

    await step("an empty form comes back with a summary that leads to the fields, and what was typed", async () => {
      await clerk.getByRole("textbox", { name: "标题" }).fill("");
      await clerk.getByRole("textbox", { name: "形成日期" }).fill("昨天");
      await press(clerk, "提交审查", 422);
      assert.match(await clerk.title(), /^错误/);
      const summary = clerk.getByRole("alert");
      assert.ok(await summary.evaluate((it) => it === document.activeElement), "the summary has the focus");
      const links = summary.getByRole("link");
      assert.ok((await links.count()) >= 2, await summary.innerText());
      for (const link of await links.all()) {
        const target = clerk.locator(await link.getAttribute("href"));
        assert.equal(await target.count(), 1, `${await link.innerText()} leads to one field`);
        assert.match(await target.evaluate((it) => it.tagName), /INPUT|SELECT|TEXTAREA/);
      }
      const formed = clerk.getByRole("textbox", { name: "形成日期" });
      assert.equal(await formed.inputValue(), "昨天");
      assert.equal(await formed.getAttribute("aria-invalid"), "true");
      assert.match(await clerk.getByRole("textbox", { name: "正文" }).inputValue(), /用药记录/);
      await kept(clerk, "edit-errors");
      await links.filter({ hasText: "标题" }).first().click();
      assert.equal(await clerk.evaluate(() => location.hash), "#f-title");
    });

    await step("it is filled in, with a file, and looked at as the public will see it", async () => {
      await clerk.getByRole("textbox", { name: "标题" }).fill(title);
      await clerk.getByRole("textbox", { name: "正文" }).fill(TEXT + LATER);
      await clerk.getByRole("radio", { name: "主动公开" }).check();
      await clerk.getByRole("combobox", { name: "依据" }).selectOption("O20-13");
      await clerk.getByRole("combobox", { name: "栏目" }).selectOption("results/policies");
      await clerk.getByRole("combobox", { name: "法定主动公开类别" }).selectOption("inspection");
      await clerk.getByRole("textbox", { name: "文号" }).fill("株牧渔发〔2026〕31号");
      await clerk.getByRole("textbox", { name: "成文日期" }).fill("2026年11月20日");
      await clerk.getByRole("textbox", { name: "形成日期" }).fill("２０２６-11-20");
      await clerk.getByLabel("添加附件").setInputFiles(FILE);
      await press(clerk, "保存");
      assert.ok(await clerk.getByRole("link", { name: FILE.name }).isVisible());
      await kept(clerk, "edit");
      await clerk.getByRole("link", { name: "公众预览" }).click();
      assert.ok(await clerk.getByRole("cell", { name: "渌口区" }).isVisible());
      await kept(clerk, "preview");
      await clerk.getByRole("link", { name: "填写" }).click();
      assert.equal(await clerk.getByRole("textbox", { name: "标题" }).inputValue(), title);
      await press(clerk, "提交审查");
      assert.ok(await clerk.getByText("已提交，等待审查。").isVisible());
    });

    await step("nobody else can read it yet", async () => {
      await open(reader, "/records");
      assert.equal(await reader.getByRole("link", { name: title }).count(), 0);
    });

    await step("the reviewer finds it, must answer every question, and passes it", async () => {
      await signIn(reviewer, "baomi");
      await kept(reviewer, "inbox");
      await reviewer.getByRole("link", { name: title, exact: true }).click();
      await press(reviewer, "提交审查意见", 422);
      assert.match(await reviewer.getByRole("alert").innerText(), /每个问题都要答/);
      assert.equal(await reviewer.getByRole("radio", { name: "否", exact: true }).count(), QUESTIONS);
      for (const no of await reviewer.getByRole("radio", { name: "否", exact: true }).all()) await no.check();
      await reviewer.getByRole("radio", { name: /^同意公开/ }).check();
      await kept(reviewer, "review");
      await press(reviewer, "提交审查意见");
      // Where another paper waits, the words go on: it is shown below.
      assert.ok(await reviewer.getByText(/^已公开。/).isVisible());
    });

    await step("anyone reads it: on the front page, in the list, at its address", async () => {
      await open(reader, "/");
      assert.ok(await reader.getByRole("link", { name: title }).isVisible());
      await open(reader, "/results/policies");
      assert.ok(await reader.getByRole("link", { name: title }).isVisible());
      await open(reader, "/records");
      await reader.getByRole("link", { name: title }).click();
      path = new URL(reader.url()).pathname;
      assert.match(path, /^\/records\/[^/]+\/\d{4}-\d{5}$/);
      assert.equal((await reader.getByRole("heading", { level: 1 }).innerText()).replace(/\s/g, ""), title);
      assert.ok(await reader.getByRole("cell", { name: "渌口区" }).isVisible());
      await kept(reader, "record");
    });

    await step("the attachment arrives byte for byte", async () => {
      const arrives = reader.waitForEvent("download");
      await reader.getByRole("link", { name: FILE.name }).click();
      const file = await arrives;
      assert.equal(file.suggestedFilename(), FILE.name);
      assert.deepEqual(await readFile(await file.path()), FILE.buffer);
    });

    await step("taken down, it is gone everywhere and the page says so", async () => {
      await open(reviewer, desk);
      await reviewer.getByRole("link", { name: "撤下，不再恢复", exact: true }).click();
      await press(reviewer, "撤下", 422);
      assert.match(await reviewer.getByRole("alert").innerText(), /撤下的原因/);
      await reviewer.getByRole("group", { name: "原因" }).getByRole("radio").first().check();
      await press(reviewer, "撤下");
      assert.ok(await reviewer.getByText("已撤下。公众看到的是撤下说明。").isVisible());
      await open(reader, path, 410);
      assert.ok(!(await reader.content()).includes("渌口区"), "the text is gone");
      await kept(reader, "withdrawn");
      for (const list of ["/", "/records", "/results/policies"]) {
        await open(reader, list);
        assert.equal(await reader.getByRole("link", { name: title }).count(), 0, list);
      }
    });

    await t.test("nothing went wrong underneath", () => {
      for (const [who, { faults }] of Object.entries(people)) assert.deepEqual(faults, [], who);
    });
    for (const { context } of Object.values(people)) await context.close();
  });
}
