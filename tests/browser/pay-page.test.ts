import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as pay from "../../src/skills/pay/api.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { PayStage } from "../outside/pay-stage.ts";
import { LOOKS, type Look } from "./looks.ts";
import { builtPay } from "./portal-pages.ts";

/** The page of one payment in Chromium: what is asked for, how it is paid, the receipt; looked at by axe and kept. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const KB = 1_000;

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(
      "html",
      { resultTypes: ["violations"] },
    ),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

describe.skipIf(!chromiumPath())("the page of one payment", () => {
  let browser: Browser;
  let stage: PayStage;
  let request: pay.PayRequest;
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const pages = builtPay();
    [browser, stage] = await Promise.all([
      launchChromium(),
      PayStage.open(Date.parse("2026-11-24T09:00:00Z"), pages),
    ]);
    await stage.setUp();
    const lines = [
      { text: "Glasknopf „Elbe“", amountMinor: 900 },
      { text: "Lieferung heute, 19–21 Uhr", amountMinor: 190 },
    ];
    request = await stage.ask("anna", 1_090, {
      lines,
      title: "Glasknopf und Lieferung",
      dueOn: "2026-12-01",
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  async function open({ language, width, scheme }: Look, link = request.page) {
    const context = await browser.newContext({
      viewport: { width, height: width === 360 ? 740 : 900 },
      colorScheme: scheme,
      locale: language === "de" ? "de-DE" : "en-GB",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(link);
    return { page, faults };
  }

  async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `pay-${name}.png`), fullPage: true });
    expect(await violations(page), name).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect([name, overflow]).toEqual([name, 0]);
  }

  it("is small: at most 40 kB of script on the way", () => {
    const assets = join(builtPay(), "pay/assets");
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
    const sizes = scripts.map((name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length);
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40 * KB);
  });

  it("says who asks, how much, for what and until when, in four looks", async () => {
    for (const one of LOOKS) {
      const { page, faults } = await open(one);
      if (one.language === "en") await page.getByRole("button", { name: "English" }).click();
      const amount = one.language === "de" ? "10,90 €" : "€10.90";
      await page.getByRole("heading", { level: 1, name: amount }).waitFor();
      const code = one.language === "de" ? /GiroCode mit allen/ : /GiroCode with all/;
      await page.getByRole("img", { name: code }).waitFor();
      await look(page, `open-${one.width}-${one.scheme}`);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });

  it("shows that it was paid without being loaded anew, and hands out the receipt", async () => {
    const { page } = await open({ language: "de", width: 360, scheme: "light" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const paid = { key: "bar", amountMinor: 1_090, payer: "Anna Krug" };
    await stage.owner.call(pay.recordPayment, { params: { id: request.id }, body: paid });
    await page.getByRole("button", { name: "Stand prüfen" }).click();
    await page.getByText("Bezahlt, danke", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "Beleg B-2026-00001" }).waitFor();
    await look(page, "paid-360-light");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Beleg als PDF laden" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("B-2026-00001.pdf");
    await page.context().close();
  });

  it("a link that opens nothing says what to do", async () => {
    const link = request.page.replace(/[0-9a-f]{32}$/, "0".repeat(32));
    const { page } = await open({ language: "de", width: 360, scheme: "light" }, link);
    await page.getByRole("heading", { name: "Dieser Link öffnet keine Zahlung." }).waitFor();
    await look(page, "ended-360-light");
    await page.context().close();
  });
});
