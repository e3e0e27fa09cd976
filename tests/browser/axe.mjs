// Accessibility as axe-core sees it, and what it does not look at: widths.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.2 AA and good practice. */
export const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** What a change of colours alone can break. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** What axe finds: one line for each element. */
export async function violations(page, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    const short = (text, most) => text.replace(/\s+/g, " ").slice(0, most);
    const line = (rule, it) => `${rule}: ${it.target.join(" ")} ${short(it.html, 160)} ${short(it.failureSummary, 240)}`;
    return violations.flatMap(({ id, nodes }) => nodes.map((it) => line(id, it)));
  }, rules);
}

/** Elements that stick out to the right and make the page scroll sideways; none where it does not. */
export function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const out = [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > wide + 0.5);
    const leaves = out.filter((it) => !out.some((other) => other !== it && it.contains(other)));
    const shown = leaves.slice(0, 5).map((it) => it.outerHTML.slice(0, 160));
    return [`${document.documentElement.scrollWidth} of ${wide} pixels`, ...shown];
  });
}

/** Everything that folds is opened: what stands in it is part of the page. */
export const unfold = (page) => page.evaluate(() => {
  for (const it of document.querySelectorAll("details")) it.open = true;
});
