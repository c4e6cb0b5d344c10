import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";

/** An owner goes from nothing to the first window and hands the first parcel in; the pages of the demo's delivery are looked at. */

const SLOW = { timeout: 30_000 };
const PAGES = {
  city: "delivery/setup",
  couriers: "delivery/setup/couriers",
  plan: "delivery/setup/plan",
  partners: "delivery/setup/partners",
  systems: "delivery/setup/systems",
  sent: "delivery/sent",
  send: "delivery/sent/new",
  list: "delivery/sent/list",
  statements: "delivery/statements",
};

describe.skipIf(!chromiumPath())("setting deliveries up and handing parcels in", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());

  async function begin({ width, scheme, language }: Look, tenant: number): Promise<Page> {
    const height = width === 360 ? 800 : 1000;
    const { page } = await openPage(browser, { width, height, scheme, preferences: { language } });
    await enterDesk(page, node, tenant);
    return page;
  }

  async function visit(page: Page, place: string): Promise<void> {
    await page.goto(`${base}/desk/${place}`);
    await page
      .locator("main h1")
      .first()
      .waitFor({ state: "attached", ...SLOW });
    await page
      .locator("[data-waiting]")
      .first()
      .waitFor({ state: "detached", ...SLOW });
    await page.evaluate(() => document.fonts.ready);
  }

  it.each(LOOKS)(
    "its pages: $language, $width px, $scheme",
    async (look) => {
      const { width, scheme, language } = look;
      const page = await begin(look, node.report.tenants[0] ?? 0);
      const faults: string[] = [];
      for (const [name, place] of Object.entries(PAGES)) {
        await visit(page, place);
        const path = join(folder, `delivery-setup-${name}-${width}-${scheme}-${language}.png`);
        await page.screenshot({ path });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    180_000,
  );

  it("leads from nothing to the first window, and the first parcel has it", async () => {
    const company = await newCompany(node);
    const page = await begin({ language: "de", width: 1440, scheme: "light" }, company.id);
    await visit(page, "delivery/setup");
    const first = page.getByRole("button", { name: "Stadt anlegen und Abende planen" });
    await first.click(SLOW);
    await page.getByText("Welche Stadt?", { exact: true }).waitFor(SLOW);
    await page.getByLabel("Stadt", { exact: true }).fill("Bremen");
    await page.getByText("Die Mitte dieser Stadt kennen wir.", { exact: true }).waitFor(SLOW);
    await page.getByLabel("Depot", { exact: true }).fill("Halle");
    await page.getByLabel("Erster Kurier", { exact: true }).fill("Kim Albers");
    await page.getByLabel("Preis eines Fensters", { exact: true }).fill("3,50");
    await first.click();
    await page.getByText(/^Das erste sichere Fenster: /).waitFor(SLOW);
    await page.screenshot({ path: join(folder, "delivery-first-window.png") });

    await page.getByRole("link", { name: "Erste Sendung aufgeben" }).click();
    await page.getByLabel("Adresse", { exact: true }).fill("Am Wall 12, 28195 Bremen");
    await page.getByText("Es gibt noch keine Adressliste.", { exact: true }).waitFor(SLOW);
    await page.getByLabel("Breite und Länge").fill("53.0780, 8.8030");
    await page.getByRole("button", { name: "Diesen Ort nehmen" }).click();
    await page.getByLabel("Bestellnummer", { exact: true }).fill("B-1");
    await page.getByLabel("Name", { exact: true }).fill("Ole Harms");
    await page.getByLabel("Mobilnummer", { exact: true }).fill("0176 04069093");
    const window = page.getByRole("button", { name: /3,50/ }).first();
    await window.waitFor(SLOW);
    await page.screenshot({ path: join(folder, "delivery-windows.png") });
    await window.click();
    await page.getByRole("button", { name: "Dieses Fenster buchen" }).click(SLOW);
    await page.getByText("Gebucht. Niemand wird vorher angeschrieben.", { exact: true }).waitFor(SLOW);
    const label = page.waitForEvent("download", SLOW);
    await page.getByRole("button", { name: "Etikett 10 x 15 cm" }).click();
    expect((await label).suggestedFilename()).toMatch(/^labels-.*\.pdf$/);

    await page.getByRole("link", { name: "Zu den Sendungen" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Ole Harms" });
    await row.getByText("gebucht", { exact: true }).waitFor(SLOW);
    await row.getByRole("button", { name: /^Zurücknehmen.*Ole Harms$/ }).click();
    await page.getByRole("button", { name: "Zurücknehmen", exact: true }).click();
    await row.getByText("zurückgenommen", { exact: true }).waitFor(SLOW);
    expect(await faultsOf(page)).toEqual([]);

    await visit(page, "delivery/setup");
    await page.getByText("Den ganzen Tag gleich schnell.", { exact: true }).waitFor(SLOW);
    await page.getByRole("button", { name: "Uhrzeit hinzufügen" }).click();
    const from = page.getByLabel("Ab (Uhrzeit)", { exact: true });
    const percent = page.getByLabel("Tempo (%)", { exact: true });
    await from.fill("16:30");
    await percent.fill("5");
    const save = page.getByRole("button", { name: "Stadt speichern" });
    await save.click();
    await page.getByText("Eine ganze Zahl von 10 bis 100.", { exact: true }).waitFor(SLOW);
    await percent.fill("60");
    await page.screenshot({ path: join(folder, "delivery-hours.png") });
    await save.click();
    await page.getByText("Bremen ist gespeichert", { exact: true }).waitFor(SLOW);
    await visit(page, "delivery/setup");
    await expect.poll(() => from.inputValue(), SLOW).toBe("16:30");
    expect(await percent.inputValue()).toBe("60");
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 180_000);
});
