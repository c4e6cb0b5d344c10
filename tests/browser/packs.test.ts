import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getCompany } from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { chatOnPhone } from "./phone.ts";
import { picture } from "./picture.ts";

/** An owner takes the pack of the trade, fills in facts and tries them; a customer is answered. On a real node. */

const SLOW = { timeout: 20_000 };
/** Every other company's training waits in the same queue. */
const LEARNING = { timeout: 60_000 };
const FACTS: readonly (readonly [string, string])[] = [
  ["Wann haben Sie geöffnet?", "montags bis samstags von 9 bis 18 Uhr"],
  ["Wie lange dauert eine Lieferung?", "in der Regel zwei Werktage"],
];
const QUESTION = "Wann haben Sie geöffnet?";

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
    company = await newCompany(node, "de", "Haushaltswaren Lorenz");
    base = originOf(node.report);
    browser = await launchChromium();
  }, 90_000);
  afterAll(() => browser?.close());

  async function owner(shape: Partial<Look>): Promise<{ page: Page; faults: string[] }> {
    const { language = "de", ...look } = shape;
    const opened = await openPage(browser, { ...look, preferences: { language } });
    await enterDesk(opened.page, node, company.id);
    return opened;
  }

  const versions = async () => (await company.owner.call(service.listVersions)).items;

  it("a trade is chosen, facts are filled in, and the pack is applied", async () => {
    const { page, faults } = await owner({});
    await page.goto(`${base}/desk/knowledge/packs?first=true`);
    await page.getByRole("heading", { name: "Welche Branche?" }).waitFor(SLOW);
    await page.getByRole("link", { name: "Einzelhandel und Onlineshop" }).waitFor(SLOW);
    await picture(page, "fill-trade");
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
    for (const [label, fact] of FACTS) await page.getByLabel(label).fill(fact);
    await page.getByLabel(FACTS[0]?.[0] ?? "").scrollIntoViewIfNeeded();
    await picture(page, "fill-facts");
    await page.getByRole("button", { name: "Startpaket übernehmen" }).click();
    await page.getByRole("heading", { name: "Das Startpaket ist übernommen" }).waitFor(SLOW);
    const { items } = await company.owner.call(service.listTopics);
    expect(items.length).toBeGreaterThan(30);
    await page.getByRole("button", { name: "Angaben speichern" }).waitFor(SLOW);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("what was filled in is tried at the desk, and a customer is answered so", async () => {
    const { page, faults } = await owner({});
    await until("the pack is learnt", async () => (await versions()).some(({ isLive }) => isLive), 60_000);
    await page.goto(`${base}/desk/knowledge`);
    await page.getByLabel("Frage, wie Kundinnen und Kunden sie stellen").fill("Haben Sie samstags geöffnet?");
    await page.getByRole("button", { name: "Ausprobieren" }).click();
    await page.getByText("Der Automat würde antworten.").waitFor(LEARNING);
    await page
      .getByText(/montags bis samstags von 9 bis 18 Uhr/)
      .first()
      .waitFor(SLOW);
    await picture(page, "fill-try");
    const { slug } = await company.owner.call(getCompany);
    const customer = await chatOnPhone(browser, `${base}/c/${slug}`);
    await customer.write(QUESTION);
    await customer.log.getByText("Wir sind für Sie da: montags bis samstags von 9 bis 18 Uhr.").waitFor(SLOW);
    await picture(customer.page, "fill-chat");
    // What nobody filled in goes to a person, and no customer reads a gap.
    await customer.write("Kann man bei Ihnen parken?");
    await customer.page.locator(".horizon.nobody").waitFor(SLOW);
    expect(await customer.log.textContent()).not.toContain("{{");
    expect(customer.faults).toEqual([]);
    await customer.close();
    expect(faults).toEqual([]);
    await page.context().close();
  }, 150_000);

  it("is taken away again, with everything that nobody changed", async () => {
    const { page, faults } = await owner({});
    await page.goto(`${base}/desk/knowledge/packs/retail`);
    await page.getByRole("button", { name: "Startpaket entfernen" }).click(SLOW);
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
