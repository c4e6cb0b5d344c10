import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
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
    // Who clicks twice has one city and one courier all the same.
    await first.dblclick();
    await page.getByText(/^Das erste sichere Fenster: /).waitFor(SLOW);
    expect((await company.owner.call(delivery.listDeliveryCities)).items).toHaveLength(1);
    expect((await company.owner.call(delivery.listCouriers)).items).toHaveLength(1);
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
    await staysWhileAskedAgain(page, company, window);
    await window.click();
    await page.getByRole("button", { name: "Dieses Fenster buchen" }).click(SLOW);
    await page.getByText("Gebucht. Niemand wird vorher angeschrieben.", { exact: true }).waitFor(SLOW);
    const label = page.waitForEvent("download", SLOW);
    await page.getByRole("button", { name: "Etikett 10 x 15 cm" }).click();
    expect((await label).suggestedFilename()).toMatch(/^labels-.*\.pdf$/);

    await page.getByRole("link", { name: "Zu den Sendungen" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Ole Harms" });
    await row.getByText("gebucht", { exact: true }).waitFor(SLOW);
    // Each letter is another search, and the field keeps the focus.
    const find = page.getByRole("searchbox", { name: "Suchen: Nummer, Adresse, Name" });
    await find.click();
    await page.keyboard.type("Ole Ha", { delay: 150 });
    expect(await find.inputValue()).toBe("Ole Ha");
    await page.getByRole("checkbox", { name: "Ole Harms wählen" }).check(SLOW);
    await page.getByText("eine gewählt", { exact: true }).waitFor(SLOW);
    await row.getByRole("button", { name: /^Zurücknehmen.*Ole Harms$/ }).click();
    await page.getByRole("button", { name: "Zurücknehmen", exact: true }).click();
    await row.getByText("zurückgenommen", { exact: true }).waitFor(SLOW);
    // What was taken back has no label: it is chosen no more.
    await page.getByText("eine gewählt", { exact: true }).waitFor({ state: "detached", ...SLOW });
    expect(await page.getByRole("checkbox", { name: "Ole Harms wählen" }).isChecked()).toBe(false);
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

  /** An event of the evening asks for the windows anew: until the answer is there, those of before can be chosen. */
  async function staysWhileAskedAgain(page: Page, { owner }: Company, window: Locator): Promise<void> {
    let goOn = () => {};
    const gate = new Promise<void>((done) => {
      goOn = done;
    });
    let isAsked = false;
    await page.route("**/api/v1/delivery/windows?*", async (route) => {
      isAsked = true;
      await gate;
      await route.continue();
    });
    const place = { lat: 53.08, lon: 8.81 };
    const { cityId, windows } = await owner.call(delivery.listDeliveryWindows, {
      query: { ...place, days: 14 },
    });
    const { eveningId, earliestAt, latestAt } = windows.at(-1) as (typeof windows)[number];
    await owner.call(delivery.holdDelivery, {
      body: {
        key: "elsewhere",
        cityId,
        place,
        window: { eveningId, earliestAt, latestAt },
        address: "Wall 1",
        demand: 1,
      },
    });
    await expect.poll(() => isAsked, SLOW).toBe(true);
    expect(await window.isVisible()).toBe(true);
    goOn();
    await page.unrouteAll({ behavior: "wait" });
  }

  it("loses nothing that was typed, writes over nobody, and asks before it ends what cannot be taken back", async () => {
    const company = await newCompany(node);
    const { owner } = company;
    const middle = { lat: 53.55, lon: 9.99 };
    const { id } = await owner.call(delivery.createDeliveryCity, {
      body: {
        name: "Hamburg",
        timeZone: "Europe/Berlin",
        middle,
        depots: [{ name: "Altona", place: middle }],
      },
    });
    const page = await begin({ language: "de", width: 1440, scheme: "light" }, company.id);
    await visit(page, "delivery/setup/couriers");
    await page.getByRole("button", { name: "Kurier hinzufügen" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Mai Tran");
    await page.getByRole("button", { name: "Speichern", exact: true }).dblclick();
    await page.getByText("Mai Tran ist gespeichert").first().waitFor(SLOW);
    expect((await owner.call(delivery.listCouriers)).items).toHaveLength(1);

    await visit(page, "delivery/setup/plan");
    const plan = page.getByRole("button", { name: "Die nächsten zwei Wochen planen" });
    await page.getByRole("button", { name: "Tour hinzufügen" }).click(SLOW);
    await plan.click();
    await page.getByText(/^Die übliche Woche oben ist geändert und nicht gespeichert\./).waitFor(SLOW);
    expect((await owner.call(delivery.listEvenings, { query: { cityId: id } })).items).toEqual([]);
    const [depot] = (await owner.call(delivery.listDeliveryCities)).items[0]?.depots ?? [];
    const theirs = { weekday: 7, startDepotId: depot?.id ?? 0, fromMinute: 600, toMinute: 720 };
    await owner.call(delivery.putShiftPattern, { params: { id }, body: { items: [theirs] } });
    await page.getByRole("button", { name: "Woche speichern" }).click();
    await page.getByText("Das hat inzwischen jemand anderes gespeichert.", { exact: true }).waitFor(SLOW);
    expect(await faultsOf(page)).toEqual([]);
    await page.screenshot({ path: join(folder, "delivery-setup-stale-week.png") });
    await page.getByRole("button", { name: "Meinen Stand speichern" }).click();
    await page.getByText("Die Woche ist gespeichert").first().waitFor(SLOW);
    expect((await owner.call(delivery.getShiftPattern, { params: { id } })).items).toHaveLength(5);
    await plan.click();
    const planned = async () =>
      (await owner.call(delivery.listEvenings, { query: { cityId: id } })).items.length;
    await expect.poll(planned, SLOW).toBeGreaterThan(5);

    await visit(page, "delivery/setup");
    const name = page.getByLabel("Name der Stadt", { exact: true });
    await name.fill("Hamburg Mitte");
    const [city] = (await owner.call(delivery.listDeliveryCities)).items;
    const { id: _, version, ...given } = city as delivery.ShownCity;
    await owner.call(delivery.putDeliveryCity, { params: { id }, body: { ...given, name: "Hamburg Nord" } });
    await page.getByRole("button", { name: "Stadt speichern" }).click();
    await page.getByText("Das hat inzwischen jemand anderes gespeichert.", { exact: true }).waitFor(SLOW);
    expect(await name.inputValue()).toBe("Hamburg Mitte");
    await page.screenshot({ path: join(folder, "delivery-setup-stale-city.png") });
    await page.getByRole("button", { name: "Den Stand der anderen laden" }).click();
    await expect.poll(() => name.inputValue(), SLOW).toBe("Hamburg Nord");

    await owner.call(delivery.createCheckout, { body: { name: "Laden", origins: ["https://shop.example"] } });
    await visit(page, "delivery/setup/systems");
    const end = page.getByRole("button", { name: "Schlüssel löschen" });
    await end.click(SLOW);
    await page.getByRole("dialog", { name: "Den Schlüssel von Laden löschen?" }).waitFor(SLOW);
    expect(await faultsOf(page)).toEqual([]);
    await page.screenshot({ path: join(folder, "delivery-setup-end-key.png") });
    await page.getByRole("button", { name: "Nichts ändern" }).click();
    expect((await owner.call(delivery.listCheckouts, { query: {} })).items).toHaveLength(1);
    await end.click();
    await page.getByRole("dialog").getByRole("button", { name: "Schlüssel löschen" }).click();
    await page.getByText("https://shop.example", { exact: true }).waitFor({ state: "detached", ...SLOW });
    expect((await owner.call(delivery.listCheckouts, { query: {} })).items).toEqual([]);
    await page.context().close();
  }, 180_000);

  it("makes a checkout's key for the carrier whose windows it shows, and none where there are no windows", async () => {
    const company = await newCompany(node);
    const page = await begin({ language: "de", width: 360, scheme: "dark" }, company.id);
    await visit(page, "delivery/setup/systems");
    await page.getByText(/^Ohne eigene Stadt und ohne Vereinbarung/).waitFor(SLOW);
    expect(await page.getByRole("button", { name: "Schlüssel anlegen" }).count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    const carrier = { tenantId: 4_711, name: "Hanse-Boten", isOwn: false, cities: [] };
    await page.route("**/api/v1/delivery/carriers", (route) =>
      route.fulfill({ json: { items: [carrier], consentWords: { de: "", en: "" } } }),
    );
    const made: string[] = [];
    await page.route(/carrierId=4711/, (route) => {
      if (route.request().method() === "POST") made.push(new URL(route.request().url()).pathname);
      return route.fulfill({ json: { items: [] } });
    });
    await visit(page, "delivery/setup/systems");
    await page.getByLabel("Wessen Fenster").waitFor(SLOW);
    await page.screenshot({ path: join(folder, "delivery-setup-systems-partner.png"), fullPage: true });
    await page.getByLabel("Name des Shops").fill("Laden");
    await page.getByLabel("Adresse des Shops").fill("https://shop.example");
    await page.getByRole("button", { name: "Schlüssel anlegen" }).click();
    await expect.poll(() => made, SLOW).toEqual(["/api/v1/delivery/checkouts"]);
    await page.context().close();
  }, 120_000);
});
