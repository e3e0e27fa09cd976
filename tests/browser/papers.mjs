// Papers for the pages to show, made through the same forms as by hand but without a window.
import assert from "node:assert/strict";
import { BASE } from "./house.mjs";

const FILLED = { openness: "open", ground: "O20-15", column: "results/policies", issuer: "株洲市畜牧兽医水产局" };
const TEXT = "# 一、范围\n全市养殖场。\n| 日期 | 县市区 | 负责科室 | 检查内容 | 联系办法 |\n|---|---|---|---|---|\n" +
  "| 2026年11月25日 | 渌口区 | 渔业科 | 用药记录、检疫证明、尾水处理 | 见本局网站 |\n>> 株洲市畜牧兽医水产局\n";

async function read(page, path) {
  const answer = await page.context().request.get(path);
  assert.equal(answer.status(), 200, path);
  return answer.text();
}

const field = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];

async function send(page, path, form) {
  const csrf = field(await read(page, "/desk/me"), "csrf");
  const answer = await page.context().request.post(path, { form: { csrf, ...form }, maxRedirects: 0 });
  assert.equal(answer.status(), 303, `${path}: ${answer.status()}`);
  return new URL(answer.headers().location, BASE).pathname;
}

/** A draft of the clerk's. Returns its address at the desk. */
export const begin = (clerk, title, text = TEXT) => send(clerk, "/desk/record", { kind: "notice", title, text });

/** The draft, filled in and submitted for review. */
export async function submit(clerk, desk, title, text = TEXT, more = {}) {
  const version = field(await read(clerk, desk), "version");
  await send(clerk, `${desk}/draft`, { ...FILLED, ...more, do: "submit", version, title, text });
  return desk;
}

/** Passed by the reviewer of secrecy, and so public. Returns its address for the public. */
export async function pass(reviewer, desk) {
  const html = await read(reviewer, desk);
  const no = Object.fromEntries([...html.matchAll(/name="(q-\w+)" value="no"/g)].map(([, name]) => [name, "no"]));
  const form = { step: field(html, "step"), hash: field(html, "hash"), verdict: "pass", ...no };
  await send(reviewer, `${desk}/review`, form);
  const path = (await read(reviewer, desk)).match(/href="(\/records\/[^"/]+\/[^"/]+)"/)?.[1];
  assert.ok(path, `${desk} is public`);
  return path;
}

export const takeUp = (clerk, desk) => send(clerk, `${desk}/take-up`, {});
export const withdraw = (reviewer, desk) => send(reviewer, `${desk}/withdraw`, { reason: "error" });

/** One of each: a record with two versions, one taken down, one that waits with findings, and a draft. */
export async function papers(clerk, reviewer) {
  const make = async (title, text) => submit(clerk, await begin(clerk, title, text), title, text);
  const twice = await make("关于养殖尾水检查安排的通知");
  const record = await pass(reviewer, twice);
  await takeUp(clerk, twice);
  await submit(clerk, twice, "关于养殖尾水检查安排的通知", TEXT.replace("2026年11月25日", "2026年11月26日"), {
    change: "检查日期改了一天。",
  });
  await pass(reviewer, twice);
  const gone = await make("关于一项已撤下的通知");
  const withdrawn = await pass(reviewer, gone);
  await withdraw(reviewer, gone);
  const waiting = await make("关于补贴名单公示的通知", "张某，身份证号 110101199003074530。\n请以此为准。\n");
  const draft = await begin(clerk, "关于渔业安全生产月活动的通知");
  const flawed = await begin(clerk, "关于制定负责清单的通知", `${TEXT}各科室,请于11月底前报送负责清单.\n联系人电话13812345678。\n`);
  return { record, twice, withdrawn, gone, waiting, draft, flawed };
}
