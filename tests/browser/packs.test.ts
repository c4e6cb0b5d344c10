import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as service from "../../src/skills/service/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { LOOKS, type Look } from "./looks.ts";

/** An owner takes the pack of the trade and fills in facts, in a browser on a real node. */

const SLOW = { timeout: 20_000 };

describe.skipIf(!chromiumPath())("starter packs", () => {
  let browser: Browser;
  let node: SharedNode;
  let company: Company;
  let base: string;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    company = await newCompany(node);
    base = new URL("/", node.report.desk).origin;
    browser = await launchChromium();
  }, 90_000);
  afterAll(() => browser?.close());

  async function owner(shape: Partial<Look>): Promise<{ page: Page; faults: string[] }> {
    const { language = "de", ...look } = shape;
    const opened = await openPage(browser, { ...look, preferences: { language } });
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    await signIn(opened.page, base, node.report.signIn);
    await opened.page.evaluate((id) => {
      localStorage.setItem("ah.tenant", id);
      sessionStorage.setItem("ah.tenant", id);
    }, String(company.id));
    return opened;
  }

  it("a trade is chosen, facts are filled in, the pack is applied and taken away again", async () => {
    const { page, faults } = await owner({});
    await page.goto(`${base}/desk/knowledge/packs?first=true`);
    await page.getByRole("heading", { name: "Welche Branche?" }).waitFor(SLOW);
    await page.getByRole("link", { name: "Einzelhandel und Onlineshop" }).click();
    const filled = page.getByRole("progressbar");
    await filled.waitFor(SLOW);
    const before = await filled.getAttribute("aria-label");
    await page.getByLabel("Unter welcher Nummer sind Sie erreichbar?").fill("ruf mich an");
    await page.getByRole("button", { name: "Startpaket übernehmen" }).click();
    await page.getByText("Das ist keine Telefonnummer.").waitFor(SLOW);
    expect((await company.owner.call(service.listTopics)).items).toEqual([]);
    await page.getByLabel("Unter welcher Nummer sind Sie erreichbar?").fill("04421 4711");
    await expect.poll(() => filled.getAttribute("aria-label"), SLOW).not.toBe(before);
    await page.getByText("So steht es in der Antwort „Telefon und E-Mail“").first().click();
    await page.getByText("04421 4711", { exact: true }).first().waitFor(SLOW);
    await page.getByRole("button", { name: "Startpaket übernehmen" }).click();
    await page.getByRole("heading", { name: "Das Startpaket ist übernommen" }).waitFor(SLOW);
    const { items } = await company.owner.call(service.listTopics);
    expect(items.length).toBeGreaterThan(30);
    await page.getByRole("button", { name: "Angaben speichern" }).waitFor(SLOW);
    await page.getByRole("button", { name: "Startpaket entfernen" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Startpaket entfernen" }).click();
    await page.getByRole("button", { name: "Startpaket übernehmen" }).waitFor(SLOW);
    expect((await company.owner.call(service.listTopics)).items).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("looks well in every look", async () => {
    await company.owner.call(service.applyPack, {
      params: { name: "craft" },
      body: { languages: ["de", "en"], values: [{ name: "phone", language: "de", value: "04421 4711" }] },
    });
    const found: string[] = [];
    for (const shape of LOOKS) {
      const { page, faults } = await owner(shape);
      for (const [name, path] of [
        ["packs", "knowledge/packs"],
        ["pack", "knowledge/packs/craft"],
      ] as const) {
        await page.goto(`${base}/desk/${path}`);
        await page.locator("main h2").first().waitFor(SLOW);
        await page.evaluate(() => document.fonts.ready);
        const picture = `desk-${name}-${shape.width}-${shape.scheme}-${shape.language}.png`;
        await page.screenshot({ path: join(folder, picture) });
        found.push(...(await faultsOf(page)).map((fault) => `${picture}: ${fault}`), ...faults);
      }
      await page.context().close();
    }
    expect(found).toEqual([]);
  }, 180_000);
});
