// Every kind of page in every way of reading it: accessible at 1280 and 390 pixels, no sideways scrolling at 320,
// nothing from elsewhere, no complaint in the console.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ALL, COLOURS, overflow, unfold, violations } from "./axe.mjs";
import { NARROW, PHONE, WIDE, launch, open, person, press, shot, signIn } from "./house.mjs";
import { papers } from "./papers.mjs";

// Dark and contrast are the light page in other colours; elder is another layout.
const WAYS = {
  light: { choice: "mode=standard&theme=light", rules: ALL },
  dark: { choice: "mode=standard&theme=dark", rules: COLOURS },
  contrast: { choice: "mode=standard&theme=contrast", rules: COLOURS },
  elder: { choice: "mode=elder&theme=light", rules: ALL },
};

const LOGINS = {
  reader: null, stranger: null, clerk: "jingban", reviewer: "baomi", supervisor: "jiandu", lawyer: "fazhi",
  admin: "guanli", leader: "lingdao", publisher: "fabu", chief: "kezhang",
};
const people = {};
let browser, made, receipt;
before(async () => {
  browser = await launch();
  for (const [who, login] of Object.entries(LOGINS)) {
    people[who] = await person(browser);
    if (login) await signIn(people[who].page, login);
  }
  made = await papers(people.clerk.page, people.reviewer.page);
});
after(async () => { await browser?.close(); });

const at = (path, status) => (page) => open(page, path, status);
const box = (page, name) => page.getByRole("textbox", { name });

/** A correction is sent once; later its receipt is read again, as its reader would. */
async function openReceipt(page) {
  if (receipt) return open(page, receipt);
  await open(page, `/correction?page=${encodeURIComponent(made.record)}`);
  await page.getByRole("radio", { name: /^内容有错/ }).check();
  await box(page, "哪里不对").fill("第二段的日期与附件不一致。");
  await press(page, "提交申请");
  receipt = new URL(page.url()).pathname;
}

/** The demo's case, which is open for comments. */
async function openCase(page) {
  await open(page, "/decisions/cases");
  await page.getByRole("link", { name: "水产养殖尾水治理奖补办法" }).click();
}

let commented;
async function openComment(page) {
  if (commented) return open(page, commented);
  await PORTAL["decision-comment"](page);
  await box(page, /^您的意见/).fill("每户最高的标准偏低，请按养殖面积分档。");
  await press(page, "提交意见");
  commented = new URL(page.url()).pathname;
}

/** A page of the demo's case at the desk. */
const deskCase = (more) => async (page) => {
  await open(page, "/desk/decision");
  await page.getByRole("main").getByRole("link", { name: /决策〔/ }).first().click();
  if (more) await open(page, new URL(page.url()).pathname + more);
};

const PORTAL = {
  home: at("/"),
  record: (page) => open(page, made.record),
  "record-plan": at("/records/4302SHILI/2017-00001"),
  "record-print": (page) => open(page, `${made.record}/print`),
  "record-old": (page) => open(page, `${made.record}/v/1`),
  "record-diff": (page) => open(page, `${made.record}/diff/1..2`),
  records: at("/records"),
  "records-none": at("/records?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA"),
  column: at("/results"),
  section: at("/results/policies"),
  disclosure: at("/disclosure"),
  guide: at("/disclosure/guide"),
  rules: at("/disclosure/rules"),
  reports: at("/disclosure/reports"),
  classes: at("/disclosure/catalogue"),
  "class-full": at("/disclosure/catalogue/plans"),
  "class-empty": at("/disclosure/catalogue/fees"),
  apply: at("/disclosure/apply"),
  "negative-list": at("/disclosure/negative-list"),
  standards: at("/disclosure/standards"),
  calendar: at("/open-data/work-calendar"),
  "calendar-provisional": at("/open-data/work-calendar?year=2027"),
  due: at("/open-data/due?clause=OGI-REPLY&from=2026-09-18"),
  "due-asked": at("/open-data/due"),
  about: at("/about"),
  accessibility: at("/accessibility"),
  help: at("/help"),
  privacy: at("/privacy"),
  proof: (page) => open(page, `${made.record}/receipt`),
  verify: at("/verify"),
  "verify-same": async (page) => {
    await open(page, "/verify");
    await box(page, /^凭证号/).fill(made.record.split("/").slice(2).join("/"));
    await press(page, "核验");
  },
  "verify-errors": async (page) => { await open(page, "/verify"); await press(page, "核验", 422); },
  "verify-keys": at("/verify/keys"),
  "verify-log": at("/verify/log"),
  sitemap: at("/sitemap"),
  feeds: at("/feeds"),
  api: at("/api"),
  preferences: at("/preferences"),
  correction: at("/correction"),
  "correction-errors": async (page) => { await open(page, "/correction"); await press(page, "提交申请", 422); },
  receipt: openReceipt,
  track: at("/correction/track"),
  "track-errors": async (page) => { await open(page, "/correction/track"); await press(page, "查进度", 422); },
  decisions: at("/decisions"),
  "decision-cases": at("/decisions/cases"),
  decision: openCase,
  "decision-comment": async (page) => { await openCase(page); await page.getByRole("link", { name: /提意见/ }).first().click(); },
  "decision-comment-errors": async (page) => {
    await PORTAL["decision-comment"](page);
    await press(page, "提交意见", 422);
  },
  "decision-receipt": openComment,
  "decision-process": at("/decisions/process"),
  "decision-track": at("/decisions/track"),
  missing: at("/records/4302SHILI/2026-99999", 404),
  withdrawn: (page) => open(page, made.withdrawn, 410),
};

const CONSOLE = {
  "sign-in": ["stranger", at("/desk/sign-in")],
  "sign-in-errors": ["stranger", async (page) => { await open(page, "/desk/sign-in"); await press(page, "登录", 422); }],
  inbox: ["reviewer", at("/desk")],
  "inbox-clerk": ["clerk", at("/desk")],
  "inbox-empty": ["admin", at("/desk")],
  list: ["clerk", at("/desk/record")],
  "list-published": ["clerk", at("/desk/record?show=published")],
  new: ["clerk", at("/desk/record/new")],
  "new-errors": ["clerk", async (page) => { await open(page, "/desk/record/new"); await press(page, "建稿并继续", 422); }],
  edit: ["clerk", (page) => open(page, made.draft)],
  "edit-errors": ["clerk", async (page) => {
    await open(page, made.draft);
    await page.getByRole("textbox", { name: "形成日期" }).fill("昨天");
    await press(page, "提交审查", 422);
  }],
  preview: ["clerk", (page) => open(page, `${made.draft}/preview`)],
  review: ["reviewer", (page) => open(page, made.waiting)],
  "review-errors": ["reviewer", async (page) => { await open(page, made.waiting); await press(page, "提交审查意见", 422); }],
  "edit-check": ["clerk", (page) => open(page, `${made.flawed}/check`)],
  "edit-files": ["clerk", (page) => open(page, `${made.flawed}/files`)],
  "edit-redact": ["clerk", (page) => open(page, `${made.flawed}/redact`)],
  "edit-table": ["clerk", (page) => open(page, `${made.flawed}/table/1`)],
  reports: ["clerk", at("/desk/report/annual")],
  guide: ["clerk", at("/desk/report/guide")],
  "report-year": ["clerk", at("/desk/report/annual/2025")],
  "report-past": ["clerk", at("/desk/report/annual/2025/past")],
  reviewers: ["supervisor", at("/desk/reviewers")],
  signed: ["clerk", (page) => open(page, `${made.waiting}/signed`)],
  "approval-sheet": ["clerk", (page) => open(page, `${made.waiting}/approval-sheet`)],
  approve: ["leader", at("/desk/approve")],
  late: ["clerk", (page) => open(page, `${made.twice}/late`)],
  withdraw: ["reviewer", (page) => open(page, `${made.twice}/withdraw`)],
  hide: ["reviewer", (page) => open(page, `${made.twice}/hide`)],
  numbers: ["clerk", at("/desk/number")],
  regrounded: ["reviewer", at("/desk/record/regrounded")],
  deputy: ["reviewer", at("/desk/deputy")],
  office: ["admin", at("/desk/office")],
  notice: ["admin", at("/desk/notice")],
  "notice-mine": ["clerk", at("/desk/notice/mine")],
  handover: ["clerk", at("/desk/handover")],
  backfill: ["clerk", at("/desk/backfill")],
  superior: ["clerk", at("/desk/superior")],
  "superior-errors": ["clerk", async (page) => { await open(page, "/desk/superior"); await press(page, "收下", 422); }],
  "me-office": ["clerk", at("/desk/me/office")],
  "hand-over": ["admin", async (page) => {
    await open(page, "/desk/staff");
    await page.getByRole("link", { name: /交接/ }).first().click();
  }],
  outlets: ["publisher", at("/desk/outlet")],
  "outlets-table": ["publisher", at("/desk/outlet/table")],
  "outlets-package": ["publisher", at(`/desk/outlet/package?outlet=${encodeURIComponent("档案馆和图书馆")}`)],
  outlet: ["publisher", (page) => open(page, `${made.twice}/outlet`)],
  "outlet-sheet": ["publisher", (page) => open(page, `${made.twice}/outlet/sheet`)],
  "outlet-wechat": ["publisher", (page) => open(page, `${made.twice}/outlet/wechat`)],
  "outlet-poster": ["publisher", (page) => open(page, `${made.twice}/outlet/poster`)],
  "ground-new": ["lawyer", at("/desk/ground/new")],
  "check-settings": ["clerk", at("/desk/check/settings")],
  "check-rules": ["supervisor", at("/desk/check/rules")],
  "check-change": ["lawyer", at("/desk/check/settings/new")],
  "obligation-new": ["lawyer", at("/desk/obligation/new")],
  "review-author": ["clerk", (page) => open(page, made.waiting)],
  "review-public": ["reviewer", (page) => open(page, made.twice)],
  "review-gone": ["reviewer", (page) => open(page, made.gone)],
  corrections: ["clerk", at("/desk/correction")],
  correction: ["clerk", async (page) => {
    await open(page, "/desk/correction");
    await page.getByRole("table").getByRole("link", { name: /打开这一件/ }).first().click();
  }],
  decisions: ["clerk", at("/desk/decision")],
  decision: ["clerk", deskCase("")],
  "decision-new": ["clerk", at("/desk/decision/new")],
  "decision-papers": ["clerk", deskCase("/papers")],
  "decision-comments": ["clerk", deskCase("/comments")],
  "decision-deliberation": ["clerk", deskCase("/deliberation")],
  "decision-expert": ["clerk", deskCase("/expert")],
  "decision-submit": ["chief", deskCase("/submit")],
  journal: ["supervisor", at("/desk/journal")],
  staff: ["admin", at("/desk/staff")],
  "staff-errors": ["admin", async (page) => { await open(page, "/desk/staff"); await press(page, "新建账号", 422); }],
  me: ["clerk", at("/desk/me")],
  body: ["admin", at("/desk/body")],
  board: ["supervisor", at("/desk/board")],
  obligations: ["supervisor", at("/desk/obligation")],
  obligation: ["supervisor", at("/desk/obligation/OGI-REPORT")],
  "obligation-change": ["lawyer", at("/desk/obligation/OGI-REPORT/edit")],
  watch: ["supervisor", at("/desk/watch")],
  law: ["lawyer", at("/desk/rule")],
  "law-clause": ["lawyer", at("/desk/rule/clause/OGI-REPLY")],
  "law-year": ["lawyer", at("/desk/rule/calendar/2026")],
  "law-new-year": ["lawyer", at("/desk/rule/new?file=calendar/2027.toml")],
  "law-new-clause": ["lawyer", at("/desk/rule/new?file=clauses/OGI-REPLY.toml")],
  clocks: ["supervisor", at("/desk/rule/clock")],
  "desk-due": ["clerk", at("/desk/rule/due?clause=OGI-REPLY&from=2026-09-18")],
  forbidden: ["admin", at("/desk/record", 403)],
  missing: ["clerk", at("/desk/nothing", 404)],
};

async function inspect(page, name, rules) {
  const found = [];
  for (const viewport of [WIDE, PHONE]) {
    await page.setViewportSize(viewport);
    await shot(page, name);
  }
  await unfold(page);
  for (const viewport of [PHONE, WIDE]) {
    await page.setViewportSize(viewport);
    found.push(...(await violations(page, rules)).map((line) => `at ${viewport.width}: ${line}`));
  }
  if (rules === ALL) {
    await page.setViewportSize(NARROW);
    found.push(...(await overflow(page)).map((line) => `sideways at ${NARROW.width}: ${line}`));
    await page.setViewportSize(WIDE);
  }
  return found;
}

async function read(t, way, name, who, visit) {
  await t.test(name, async () => {
    const { page, faults } = people[who];
    await visit(page);
    const found = await inspect(page, `${name}-${way}`, WAYS[way].rules);
    found.push(...faults.splice(0));
    if (found.length > 0) assert.fail(`${new URL(page.url()).pathname}\n${found.join("\n")}`);
  });
}

/** The choice is made as a reader makes it. */
async function choose(page, way) {
  await open(page, `/preferences?${WAYS[way].choice}&back=${encodeURIComponent("/help")}`);
  const [attribute, value] = way === "elder" ? ["data-mode", "elder"] : ["data-theme", way];
  assert.equal(await page.locator("html").getAttribute(attribute), value);
}

for (const way of Object.keys(WAYS)) {
  test(`the portal, ${way}`, async (t) => {
    await choose(people.reader.page, way);
    for (const [name, visit] of Object.entries(PORTAL)) await read(t, way, name, "reader", visit);
  });
}

for (const way of ["light", "dark"]) {
  test(`the console, ${way}`, async (t) => {
    for (const { page } of Object.values(people)) await choose(page, way);
    for (const [name, [who, visit]] of Object.entries(CONSOLE)) await read(t, way, `desk-${name}`, who, visit);
  });
}
