import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { builtPages, screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type DeliveryHouse, startDeliveryHouse } from "../journeys/delivery-house.ts";
import { at } from "../outside/delivery-stage.ts";
import { until } from "../outside/until.ts";
import { LOOKS, type Look } from "./looks.ts";
import { chatOnPhone, type PhoneChat } from "./phone.ts";
import { builtLive } from "./portal-pages.ts";

/** The page of one delivery in Chromium, through an evening on a real node: every state looked at by axe and kept. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const KB = 1_000;

/** @param part of the page, by a selector */
async function violations(page: Page, part = "html"): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (selector) =>
      (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(
        selector,
        { resultTypes: ["violations"] },
      ),
    part,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/** An invented quarter: a river, a park, streets and two districts, in metres from the middle. */
function quarter() {
  const line = (...points: [number, number][]) =>
    points.map(([east, north]) => [at(east, north).lon, at(east, north).lat]);
  const area = (kind: string, name: string, ...points: [number, number][]) => ({
    type: "Feature",
    properties: { kind, name },
    geometry: { type: "Polygon", coordinates: [line(...points, points[0] as [number, number])] },
  });
  const way = (kind: string, ...points: [number, number][]) => ({
    type: "Feature",
    properties: { kind, name: "" },
    geometry: { type: "LineString", coordinates: line(...points) },
  });
  const streets = [-1_600, -800, 0, 800, 1_600].flatMap((metres) => [
    way("street", [-2_400, metres], [2_400, metres + 120]),
    way("street", [metres, -2_400], [metres - 160, 2_400]),
  ]);
  return {
    type: "FeatureCollection" as const,
    features: [
      area("park", "Stadtpark", [900, 900], [2_200, 1_000], [2_300, 2_200], [1_000, 2_100]),
      area("water", "Stadtsee", [-1_900, -1_900], [-900, -1_800], [-700, -1_000], [-1_800, -900]),
      ...streets,
      area("district", "Nordviertel", [-2_400, 100], [2_400, 100], [2_400, 2_400], [-2_400, 2_400]),
    ],
  };
}

describe.skipIf(!chromiumPath())("the page of a delivery", () => {
  let browser: Browser;
  let house: DeliveryHouse;
  let shiftId: number;
  /** In the order of their doors: two before, the one that is looked at, and those that end otherwise. */
  let stops: number[];
  let mine: number;
  /** Its customer, on the company's page. */
  let chat: PhoneChat;
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    builtPages();
    const pages = builtLive();
    [browser, house] = await Promise.all([
      launchChromium(),
      startDeliveryHouse({ pages, settings: { accent: "#8f3523" } }),
    ]);
    await house.rows("update delivery.city set proof = 'code', compensation_minor = 500");
    await house.founded.owner.call(delivery.putCityMap, {
      params: { id: house.founded.cityId },
      body: { geojson: quarter(), attribution: "" },
    });
    ({ shiftId } = await house.evening());
    await house.evening("2026-11-26");
    stops = [
      await house.booked({ east: 300, north: 300, hour: 17 }),
      await house.booked({ east: 800, north: 500, hour: 17 }),
    ];
    const [company] = await house.rows("select slug from kernel.tenant");
    chat = await chatOnPhone(browser, `${house.founded.url}/c/${company?.slug}`);
    await chat.write("Guten Tag");
    const conversation = await until("what was written in the chat has arrived", async () => {
      await house.world.settle();
      return (await house.rows("select id, contact_id from kernel.conversation"))[0];
    });
    mine = await house.booked({
      east: 1_400,
      north: 1_100,
      hour: 18,
      contactId: Number(conversation.contact_id),
      conversationId: Number(conversation.id),
    });
    stops.push(await house.booked({ east: 1_900, north: 1_500, hour: 19 }));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  async function open(id: number, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      locale: "de-DE",
      reducedMotion: "reduce",
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    const requests: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load"))
        faults.push(message.text());
    });
    page.on("request", (request) => requests.push(request.url()));
    const { live_key: key } = await house.row(id);
    await page.goto(`${house.founded.url}/delivery#${house.founded.tenantId}.${key}`);
    return { page, faults, requests };
  }

  async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `live-${name}.png`), fullPage: true });
    expect(await violations(page), name).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect([name, overflow]).toEqual([name, 0]);
  }

  /** The same state in the four looks. */
  async function looks(
    id: number,
    name: string,
    holds: (page: Page, language: Look["language"]) => Promise<void>,
  ) {
    for (const { language, width, scheme } of LOOKS) {
      const height = width === 360 ? 740 : 900;
      const { page, faults } = await open(id, { viewport: { width, height }, colorScheme: scheme });
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      await holds(page, language);
      await look(page, `${name}-${width}-${scheme}`);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  }

  it("is small: at most 40 kB of script on the way", () => {
    const assets = join(builtLive(), "live/assets");
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
    const bytes = scripts.reduce(
      (sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length,
      0,
    );
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(40 * KB);
  });

  it("a link without its key, and one that is over, say what to do", async () => {
    const { page, requests } = await open(mine);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(requests.every((url) => url.startsWith(house.founded.url) && !url.includes("#"))).toBe(true);
    expect(await page.context().cookies()).toEqual([]);
    await page.goto("about:blank");
    await page.goto(`${house.founded.url}/delivery`);
    await page.getByRole("heading", { name: "Hierher führt der Link einer Nachricht" }).waitFor();
    await look(page, "no-key-360-light");
    await page.goto("about:blank");
    await page.goto(`${house.founded.url}/delivery#${house.founded.tenantId}.${"a".repeat(32)}`);
    await page.getByRole("heading", { name: "Dieser Link ist abgelaufen" }).waitFor();
    await look(page, "ended-360-light");
    await page.context().close();
  });

  it("promised: the window, the code, and a choice that is noted", async () => {
    await looks(mine, "promised", async (page, language) => {
      const heading = language === "de" ? "18 bis 20 Uhr" : "18:00 to 20:00";
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    });
    const { page, faults } = await open(mine);
    await page.getByRole("button", { name: "Zum Nachbarn" }).click();
    await page.getByRole("textbox", { name: "Bei wem darf der Kurier abgeben?" }).fill("Familie Kaya");
    await page.getByRole("button", { name: "Nachbarn notieren" }).click();
    await page.getByText("Notiert: zum Nachbarn. Der Kurier sieht es an der Tür.").first().waitFor();
    expect((await house.row(mine)).door_note).toBe("Nachbar: Familie Kaya");
    await look(page, "chosen-360-light");
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("near: the half-hour, the way as blocks, the stops before; offline it keeps the last state with its time", async () => {
    await house.until("17:00");
    await house.tell(shiftId, { kind: "accept" }, { kind: "leave" });
    await house.until("17:10");
    await house.tell(shiftId, {
      kind: "done",
      deliveryId: stops[0] ?? 0,
      outcome: "neighbour",
      to: "",
    });
    await house.until("17:55");
    await looks(mine, "near", async (page, language) => {
      await page.getByText(language === "de" ? "Voraussichtlich" : "Expected", { exact: true }).waitFor();
      await page.getByRole("img", { name: language === "de" ? /^Karte/ : /^Map/ }).waitFor();
    });
    const { page } = await open(mine);
    await page.getByRole("img", { name: /^Karte/ }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByText(/^Keine Verbindung\. Sie sehen den Stand von \d\d:\d\d Uhr\.$/).waitFor();
    await look(page, "offline-360-light");
    await page.context().close();
  });

  it("in the chat the half-hour is a card, with the way on the line and the answers below", async () => {
    const { page, log, faults } = chat;
    await log.getByText("In 30 Minuten bei Ihnen", { exact: true }).waitFor();
    await log.getByText("Versprochen ist 18 bis 20 Uhr", { exact: true }).waitFor();
    const { live_key: key } = await house.row(mine);
    const way = log.getByRole("link", { name: "Weg ansehen" });
    expect(await way.getAttribute("href")).toContain(`/delivery#${house.founded.tenantId}.${key}`);
    await page.getByRole("button", { name: "Zum Nachbarn" }).waitFor();
    await page.screenshot({ path: join(folder, "live-chat-360-light.png") });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: join(folder, "live-chat-360-dark.png") });
    // The company's page around it has its own head.
    const found = await violations(page, "augenhoehe-chat");
    expect(found.filter((one) => !one.startsWith("landmark-no-duplicate-banner"))).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("handed over: to whom and when, and the question", async () => {
    await house.tell(shiftId, { kind: "done", deliveryId: mine, outcome: "neighbour", to: "Familie Kaya" });
    await looks(mine, "done", async (page, language) => {
      const name = language === "de" ? "Beim Nachbarn abgegeben" : "Left with a neighbour";
      await page.getByRole("heading", { level: 1, name }).waitFor();
    });
    const { page } = await open(mine);
    await page.getByRole("button", { name: "Nein", exact: true }).click();
    await page
      .getByRole("textbox", { name: "Was ist passiert? Ein Satz genügt." })
      .fill("Der Karton war nass.");
    await look(page, "bad-360-light");
    await page.getByRole("button", { name: "Dem Team sagen" }).click();
    await page.getByText("Danke. Das Team liest es und meldet sich im Gespräch.").waitFor();
    expect(await house.row(mine)).toMatchObject({ answer: "bad", answer_words: "Der Karton war nass." });
    await page.context().close();
  });

  it("late: said plainly, with what is owed", async () => {
    const late = stops[1] ?? 0;
    await house.rows(`update delivery.delivery set late_said_at = told_at where id = ${late}`);
    await house.until("19:05");
    await looks(late, "late", async (page, language) => {
      const sentence = language === "de" ? "Wir schaffen 19 Uhr nicht." : "We will not make it by 19:00.";
      await page.getByText(sentence, { exact: true }).waitFor();
    });
  });

  it("nobody opened: another window by one tap, and the page goes on with it", async () => {
    const vain = stops[2] ?? 0;
    await house.until("19:15");
    await house.tell(shiftId, { kind: "not_there", deliveryId: vain });
    await looks(vain, "vain", async (page, language) => {
      await page
        .getByRole("heading", { name: language === "de" ? "Wann dürfen wir kommen?" : "When may we come?" })
        .waitFor();
      await page.getByRole("button", { name: /26/ }).first().waitFor();
    });
    const { page } = await open(vain);
    // Nobody answers: that is no "nothing is free".
    await page.route("**/api/v1/delivery/live/windows", (route) => route.abort());
    await page.reload();
    await page
      .getByText("Es kam keine Antwort. Welche Fenster frei sind, wissen wir gerade nicht.")
      .waitFor();
    await look(page, "vain-unanswered");
    await page.unroute("**/api/v1/delivery/live/windows");
    await page.getByRole("button", { name: "Noch einmal nachsehen" }).click();
    await page.getByRole("button", { name: /Donnerstag, 26\. November, 17 bis 19 Uhr/ }).click();
    await page.getByRole("heading", { level: 1, name: "17 bis 19 Uhr" }).waitFor();
    await page.getByText("2. Versuch").waitFor();
    await page.context().close();
  });

  it("not recorded: nobody says that it was handed over", async () => {
    const [unknown = 0] = stops;
    await house.rows(`update delivery.delivery set state = 'done', outcome = 'not_recorded', arrived_at = null,
      ended_at = latest_at where id = ${unknown}`);
    await looks(unknown, "not-recorded", async (page, language) => {
      const name =
        language === "de" ? "Wir wissen nicht, ob es angekommen ist" : "We do not know whether it arrived";
      await page.getByRole("heading", { level: 1, name }).waitFor();
      expect(await page.getByRole("status").first().textContent()).toBe(name);
      expect(await page.getByText(/Übergeben|Handed over/).count()).toBe(0);
    });
  });
});
