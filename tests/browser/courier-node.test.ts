import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCourier } from "../../src/web/courier/testing/built-courier.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type CourierHouse, openCourierHouse, PARCELS } from "../outside/courier-house.ts";
import { LOOKS } from "./looks.ts";
import { picture } from "./picture.ts";

/** A courier's evening in Chromium on a real node: scanned in, handed over in a dead zone, the tab killed, nothing lost. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { 360: { width: 360, height: 740 }, 1440: { width: 1440, height: 900 } } as const;
const SLOW = { timeout: 30_000 };

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ["violations"],
    }),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

describe.skipIf(!chromiumPath())("the courier's page", () => {
  let browser: Browser;
  let house: CourierHouse;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const pages = builtCourier();
    const parcels = PARCELS.map((one, n) => (n === 1 ? { ...one, proof: "photo" as const } : one));
    [browser, house] = await Promise.all([
      launchChromium(),
      openCourierHouse({ pages, parcels: async () => parcels }),
    ]);
    context = await phone();
    page = await opened(context, `/courier#${house.key}`);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const phone = (more: object = {}): Promise<BrowserContext> =>
    browser.newContext({ viewport: SIZES[360], locale: "de-DE", deviceScaleFactor: 2, ...more });

  async function opened(where: BrowserContext, path: string): Promise<Page> {
    const tab = await where.newPage();
    tab.on("pageerror", (error) => faults.push(error.message));
    tab.on("console", (message) => {
      if (message.type() === "error" && !/Failed to (load|fetch)|ERR_INTERNET/.test(message.text()))
        faults.push(message.text());
    });
    await tab.goto(`${house.url}${path}`);
    return tab;
  }

  async function look(tab: Page, name: string): Promise<void> {
    await tab.evaluate(() => document.fonts.ready);
    await tab.screenshot({ path: join(folder, `courier-${name}.png`) });
    expect(await violations(tab), name).toEqual([]);
    const overflow = await tab.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect([name, overflow]).toEqual([name, 0]);
  }

  const press = (name: string | RegExp) =>
    page.getByRole("button", { name, exact: true }).first().click(SLOW);
  const bar = (text: string) =>
    page.getByRole("heading", { level: 1, name: text, exact: true }).waitFor(SLOW);
  const address = async () => (await page.locator("h2.address").textContent(SLOW)) ?? "";
  const net = (text: string | RegExp) => page.locator(".net", { hasText: text }).waitFor(SLOW);

  it("takes the key out of the address, shows the shift, and lets it be accepted", async () => {
    await bar("Ihre Schichten");
    expect(page.url()).toBe(`${house.url}/courier`);
    await page.getByRole("heading", { name: "Dienstag, 24. November, 17–22 Uhr" }).waitFor(SLOW);
    await look(page, "1-shifts");
    await press("Schicht annehmen");
    await page.getByText("angenommen · 4 Stopps").waitFor(SLOW);
    await press("Tour öffnen");
    await page.getByRole("heading", { name: "Pakete einscannen" }).waitFor(SLOW);
  });

  it("counts parcels by the end of their numbers and names what is missing", async () => {
    const type = async (text: string) => {
      await page.getByLabel("Ende der Nummer").fill(text);
      await press("Eintragen");
    };
    await page.getByText("0 von 5", { exact: true }).waitFor(SLOW);
    await type("20417");
    await page.getByText("1 von 5", { exact: true }).waitFor(SLOW);
    await type("20417");
    await page.getByText("Schon eingescannt: ", { exact: false }).waitFor(SLOW);
    await type("PR-9");
    await page.getByText("2 von 5", { exact: true }).waitFor(SLOW);
    await page.getByText("Paket 2 von 2", { exact: true }).waitFor(SLOW);
    await type("77777");
    await page.getByText("Dieses Paket gehört nicht zu dieser Tour.", { exact: false }).waitFor(SLOW);
    await look(page, "2-load");
    for (const code of ["PR-9", "20511", "20533"]) await type(code);
    await page.getByText("Alle Pakete sind dabei.", { exact: true }).waitFor(SLOW);
    await press("Losfahren");
    await bar("Stopp 1 von 4");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await net(/^Stand/);
  });

  it.each(LOOKS)("reads well: $language, $width px, $scheme", async ({ language, width, scheme }) => {
    const other = await phone({
      viewport: SIZES[width],
      locale: language === "de" ? "de-DE" : "en-GB",
      deviceScaleFactor: width === 360 ? 2 : 1,
    });
    const tab = await opened(other, `/courier#${house.key}`);
    const [looks, close, list, away] =
      language === "de"
        ? [scheme === "light" ? "hell" : "dunkel", "Schließen", "Alle Stopps", "Nicht da"]
        : [scheme === "light" ? "light" : "dark", "Close", "All stops", "Not there"];
    await tab.getByRole("heading", { level: 1, name: "Stopp 1 von 4" }).waitFor(SLOW);
    await tab.getByRole("button", { name: "Mehr", exact: true }).click();
    if (language === "en") await tab.getByText("English", { exact: true }).click();
    await tab.getByText(looks, { exact: true }).click();
    await look(tab, `3-more-${language}-${width}-${scheme}`);
    await tab.getByRole("button", { name: close, exact: true }).click();
    await tab
      .getByRole("heading", { level: 1, name: language === "de" ? "Stopp 1 von 4" : "Stop 1 of 4" })
      .waitFor(SLOW);
    await look(tab, `4-stop-${language}-${width}-${scheme}`);
    if (language === "de" && width === 360) await picture(tab, "courier");
    await tab.getByRole("button", { name: away, exact: true }).click();
    await look(tab, `5-away-${language}-${width}-${scheme}`);
    await tab.getByRole("button", { name: close, exact: true }).click();
    if (width === 360) {
      await tab.getByRole("button", { name: list, exact: true }).click();
      await tab.getByRole("heading", { name: list, exact: true }).waitFor(SLOW);
      await look(tab, `6-list-${language}-${width}-${scheme}`);
    }
    await other.close();
  });

  /** What is done at the door, by the proof that is asked for. @returns its address */
  async function handOver(): Promise<string> {
    const door = await address();
    if (door.startsWith("Eppendorfer")) {
      await press("Übergeben");
      await page.getByLabel("Code der Kundin oder des Kunden").fill("0000");
      await press("Übergabe bestätigen");
      await page.getByText("Dieser Code stimmt nicht.", { exact: false }).waitFor(SLOW);
      await page.getByLabel("Code der Kundin oder des Kunden").fill("42 71");
      await press("Übergabe bestätigen");
    } else if (door.startsWith("Hoheluft")) {
      await press("Übergeben");
      await press("Übergabe bestätigen");
      await page.getByText("Nehmen Sie ein Foto auf.", { exact: true }).waitFor(SLOW);
      const shot = await page.screenshot();
      await page
        .getByLabel("Foto aufnehmen")
        .setInputFiles({ name: "tuer.png", mimeType: "image/png", buffer: shot });
      await page.getByText("Foto ist aufgenommen.", { exact: true }).waitFor(SLOW);
      await press("Übergabe bestätigen");
    } else if (door.startsWith("Lehmweg")) {
      await press("Nicht da");
      await page.getByText("nur persönlich übergeben", { exact: false }).waitFor(SLOW);
      expect(await page.getByRole("button", { name: "Nachbar hat es genommen" }).count()).toBe(0);
      await press("Niemand da, Paket bleibt bei mir");
      await press("Als nicht da eintragen");
    } else {
      // Twice, as an eager thumb does: it is one, and not the next one's.
      await page.getByRole("button", { name: "Übergeben", exact: true }).dblclick(SLOW);
    }
    return door;
  }

  it("works in a dead zone, after the tab was killed, and tells everything once when the net is back", async () => {
    await context.setOffline(true);
    const doors = [await handOver()];
    await bar("Stopp 2 von 4");
    await net("ohne Netz");
    doors.push(await handOver());
    await bar("Stopp 3 von 4");
    const third = await address();
    await look(page, "7-offline");
    await page.close();
    // The phone starts anew, still without a net: the page comes from the phone itself.
    page = await opened(context, "/courier");
    await bar("Stopp 3 von 4");
    expect(await address()).toBe(third);
    await net(/ohne Netz, \d+ gemerkt/);
    doors.push(await handOver());
    await bar("Stopp 4 von 4");
    const ended = async () => {
      const rows = await house.rows("select from delivery.delivery where state in ('done', 'failed')");
      return rows.length;
    };
    expect(await ended()).toBe(0);
    await context.setOffline(false);
    await net(/^Stand/);
    await expect.poll(ended, SLOW).toBe(3);
    const rows = await house.rows(
      "select delivery_id from delivery.happened where kind in ('done', 'not_there') order by id",
    );
    expect(new Set(rows.map((row) => row.delivery_id)).size).toBe(3);
    expect(rows).toHaveLength(3);
    expect(doors).toHaveLength(3);
  });

  it("a mistake is taken back, the customer's number is nowhere, the round ends", async () => {
    const last = await handOver();
    await page.getByRole("heading", { name: "Alle Stopps sind erledigt" }).waitFor(SLOW);
    await page.getByRole("status").getByRole("button", { name: "Rückgängig", exact: true }).click(SLOW);
    await bar("Stopp 4 von 4");
    expect(await address()).toBe(last);
    await press("Anrufen");
    expect(await page.getByRole("link", { name: /Disposition anrufen/ }).getAttribute("href")).toBe(
      "tel:+49401234567",
    );
    await look(page, "8-call");
    await press("Schließen");
    await press("Verspätung");
    await page.getByText("10 Minuten", { exact: true }).click(SLOW);
    await look(page, "9-delay");
    await press("10 Minuten melden");
    await press("Alle Stopps");
    await page.getByText("als Nächstes", { exact: true }).waitFor(SLOW);
    await page.goBack();
    await bar("Stopp 4 von 4");
    await handOver();
    await press("Zurück im Depot");
    await page.getByRole("heading", { name: "Die Schicht ist beendet" }).waitFor(SLOW);
    await net(/^Stand/);
    const state = async () =>
      (await house.rows(`select state from delivery.shift where id = ${house.shiftId}`))[0]?.state;
    await expect.poll(state, SLOW).toBe("done");
    const photos = await house.rows(
      "select p.file_id from delivery.photo p join delivery.delivery d on d.proof_file_id = p.file_id",
    );
    expect(photos).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it("an ended link says what is kept and what to do; without one the page says so", async () => {
    await house.newKey();
    const tab = await opened(context, "/courier");
    await tab.getByRole("heading", { name: "Dieser Link gilt nicht mehr" }).waitFor(SLOW);
    await look(tab, "10-ended");
    const stranger = await phone();
    const bare = await opened(stranger, "/courier");
    await bare.getByRole("heading", { name: "Hier fehlt der Link" }).waitFor(SLOW);
    await look(bare, "11-no-key");
    await stranger.close();
  });
});
