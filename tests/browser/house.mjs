// What all tests here share: the browser, who signs in, what must never happen, pictures for a person to look at.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const BASE = process.env.MINGTANG_URL;
const SHOTS = process.env.SHOTS;
const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };

/** The demo's sign-in names and passwords, drawn at its first start. */
const passwords = new Map(
  readFileSync(process.env.MINGTANG_PASSWORDS, "utf8").split("\n").slice(1)
    .map((line) => line.trim().split(/\s+/)).filter((words) => words.length > 2),
);

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: CHROMIUM });

/**
 * A reader or a member of staff: a browser context of one's own. `faults` gathers what must never happen on any page:
 * a request to another origin, an error in the console (a policy violation is one), an exception, a missing part.
 */
export async function person(browser, { viewport = WIDE, scripts = true } = {}) {
  const context = await browser.newContext({
    baseURL: BASE, viewport, javaScriptEnabled: scripts,
    locale: "zh-CN", timezoneId: "Asia/Shanghai", colorScheme: "light",
  });
  context.setDefaultTimeout(20_000);
  const faults = [];
  context.on("request", (r) => {
    if (new URL(r.url()).origin !== BASE) faults.push(`a request to ${r.url()}`);
  });
  context.on("response", (r) => {
    if (!r.request().isNavigationRequest() && r.status() >= 400) faults.push(`${r.status()} for ${r.url()}`);
  });
  context.on("console", (m) => {
    // The console also calls a refused form an error, since its status is 422; for parts of a page see `response`.
    if (m.type() !== "error" || m.text().startsWith("Failed to load resource")) return;
    faults.push(`${m.page()?.url()}: ${m.text()}`);
  });
  context.on("weberror", (e) => faults.push(`${e.page()?.url()}: ${e.error()}`));
  return { context, page: await context.newPage(), faults };
}

export async function signIn(page, login) {
  await page.goto("/desk");
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码").fill(passwords.get(login));
  await page.getByRole("button", { name: "登录" }).click();
  assert.equal(new URL(page.url()).pathname, "/desk", `${login} did not get in`);
}

/** Opens an address and holds the server to the status that is due. */
export async function open(page, path, status = 200) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, path);
}

/** Presses a button and returns the answer to the form. */
export async function press(page, name, status = 200) {
  const answered = page.waitForEvent("response", (r) => r.request().isNavigationRequest() && r.status() !== 303);
  await page.getByRole("button", { name, exact: true }).click();
  assert.equal((await answered).status(), status, `after ${name}`);
  await page.waitForLoadState();
}

/** Keeps a picture of the page where somebody asked for pictures. */
export async function shot(page, name) {
  if (!SHOTS) return;
  const { width } = page.viewportSize();
  await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
}
