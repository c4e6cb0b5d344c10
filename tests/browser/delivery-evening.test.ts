import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { type DeliveryWorld, deliveryWorld, LATE_NAME, WRITER } from "./delivery-world.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { picture } from "./picture.ts";

/** The dispatcher's evening on a real node: seen, tried, done, watched again, and reported. */

const SLOW = { timeout: 30_000 };

describe.skipIf(!chromiumPath())("an evening of deliveries at the desk", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let world: DeliveryWorld;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    browser = await launchChromium();
    world = await deliveryWorld(node);
  }, 300_000);
  afterAll(() => browser?.close());

  async function begin({ width, scheme, language }: Look, tenant = world.company.id): Promise<Page> {
    const height = width === 360 ? 780 : 900;
    const { page } = await openPage(browser, { width, height, scheme, preferences: { language } });
    await enterDesk(page, node, tenant);
    return page;
  }
  const evening = async (page: Page, place = "delivery"): Promise<void> => {
    await page.goto(`${base}/desk/${place}`);
    await page.locator("main h1").first().waitFor(SLOW);
    await page
      .locator("[data-waiting]")
      .first()
      .waitFor({ state: "detached", ...SLOW });
    await page.evaluate(() => document.fonts.ready);
  };

  const solve = (page: Page) =>
    page.getByRole("button", { name: new RegExp(`^(Lösung suchen|Find a way)\\s*${LATE_NAME}`) });

  it("is no room of a company without a city, and says so to who comes by its address", async () => {
    const { id } = await newCompany(node);
    const page = await begin({ language: "de", width: 1440, scheme: "light" }, id);
    await evening(page);
    await page.getByRole("heading", { name: "Noch keine Stadt, in der geliefert wird" }).waitFor(SLOW);
    const rooms = page.getByRole("navigation", { name: "Bereiche" });
    expect(await rooms.getByRole("link", { name: "Abend", exact: true }).count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it.each(LOOKS)(
    "is seen: $language, $width px, $scheme",
    async (look) => {
      const page = await begin(look);
      const { width, scheme, language } = look;
      const name = (what: string) => join(folder, `delivery-${what}-${width}-${scheme}-${language}.png`);
      await evening(page);
      const rooms = page.getByRole("navigation", { name: /^(Bereiche|Rooms)$/ });
      await rooms.locator("[aria-current=page]", { hasText: /^(Abend|Evening)$/ }).waitFor(SLOW);
      const risk = page.getByRole("region", { name: /in Gefahr|at risk/ });
      await risk.getByText(LATE_NAME).first().waitFor(SLOW);
      await page.screenshot({ path: name("evening") });
      const faults = await faultsOf(page);
      await solve(page).click();
      await page.getByRole("table").waitFor(SLOW);
      await page.screenshot({ path: name("what-if") });
      faults.push(...(await faultsOf(page)));
      const costs = page.getByText(/^(In eine andere Tour: was es kostet|To another round: what it costs)$/);
      await costs.click();
      const others = page.locator("details", { has: costs }).getByRole("listitem");
      // With what it would cost there, or why it cannot be.
      await expect
        .poll(() => others.filter({ hasText: /km|geht nicht|cannot|not possible/i }).count(), SLOW)
        .toBe(3);
      await costs.scrollIntoViewIfNeeded();
      await page.screenshot({ path: name("round-costs") });
      faults.push(...(await faultsOf(page)));
      await page.getByRole("button", { name: /^(Ergebnis erfassen|Record the outcome)$/ }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(/^(beim Nachbarn|with a neighbour)$/).click();
      await dialog.getByRole("button", { name: /^(Erfassen|Record)$/ }).click();
      await page.screenshot({ path: name("record-end") });
      faults.push(...(await faultsOf(page)));
      await page.keyboard.press("Escape");
      if (width === 360) {
        await page
          .getByRole("button", { name: /^(Verwerfen|Discard)$/ })
          .first()
          .click();
        await page.getByRole("button", { name: /^(Karte|Map)$/ }).click();
        await page.screenshot({ path: name("map") });
        faults.push(...(await faultsOf(page)));
      }
      await evening(page, "delivery/report");
      await page.screenshot({ path: name("report") });
      faults.push(...(await faultsOf(page)));
      expect(faults).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it("stays quick with 60 rounds of 30 stops", async ({ annotate }) => {
    const page = await begin({ language: "de", width: 1440, scheme: "dark" });
    const large = JSON.stringify(enlarged(await world.running()));
    await page.route("**/evenings/*/running", (route) =>
      route.fulfill({ contentType: "application/json", body: large }),
    );
    await evening(page);
    await page.locator("[data-round]").nth(59).waitFor(SLOW);
    const begun = performance.now();
    await page
      .locator("[data-round]")
      .nth(59)
      .getByRole("button", { name: /^Tour 60/ })
      .click();
    const stops = page
      .locator("[data-round]")
      .nth(59)
      .getByRole("button", { name: /voraussichtlich/ });
    await expect.poll(() => stops.count(), SLOW).toBe(30);
    await stops.last().click();
    await page.getByRole("region", { name: "Was wäre, wenn …" }).getByLabel("Verschieben nach").waitFor(SLOW);
    const took = performance.now() - begun;
    await annotate(`1,800 stops: a round opened and a stop chosen in ${Math.round(took)} ms`);
    expect(took).toBeLessThan(10_000);
    await page.screenshot({ path: join(folder, "delivery-large-1440-dark-de.png") });
    await page.context().close();
  }, 90_000);

  describe("is steered", () => {
    let page: Page;
    beforeAll(async () => {
      page = await begin({ language: "de", width: 1440, scheme: "light" });
      await evening(page);
    }, 60_000);
    afterAll(() => page?.context().close());
    const panel = () => page.getByRole("region", { name: "Was wäre, wenn …" });
    const round = (number: number) => page.locator("[data-round]").nth(number - 1);
    const shiftOf = async (deliveryId: number) =>
      (await world.running()).rounds.find(({ stops }) => stops.some((one) => one.deliveryId === deliveryId))
        ?.shiftId;

    it("a promise at risk is tried elsewhere, with what it costs; nothing is done yet", async () => {
      await solve(page).click();
      const atRisk = async (row: number): Promise<number> =>
        Number(await panel().getByRole("row").nth(row).getByRole("cell").first().textContent(SLOW));
      await panel().getByRole("row").nth(2).waitFor(SLOW);
      const before = await atRisk(1);
      expect(before).toBeGreaterThan(0);
      // Those behind it on its round may gain by it, too.
      expect(await atRisk(2)).toBeLessThan(before);
      await panel().getByLabel("Verschieben nach").waitFor();
      await picture(page, "delivery-evening");
      expect(await shiftOf(world.late.deliveryId)).toBe(world.late.shiftId);
    }, 60_000);

    it("what another one changed meanwhile is tried anew, and done at the second click", async () => {
      const { owner, eveningId } = { owner: world.company.owner, eveningId: world.eveningId };
      // The page must not hear of it before the click: its answer would be tried anew by itself.
      await page.route("**/api/v1/events**", (route) => route.abort());
      await evening(page);
      await solve(page).click();
      await panel().getByRole("table").waitFor(SLOW);
      await page.route("**/evenings/*/running", (route) => route.abort());
      const third = (await world.running()).rounds.find(({ shiftId }) => shiftId === world.late.toShiftId);
      const last = third?.stops.at(-1);
      const tried = await owner.call(delivery.tryChange, {
        params: { id: eveningId },
        body: { kind: "move", deliveryId: last?.deliveryId ?? 0, shiftId: world.late.toShiftId, place: 0 },
      });
      await owner.call(delivery.makeChange, {
        params: { id: eveningId },
        body: { change: tried.change ?? { kind: "drop", shiftId: 0 }, version: tried.version, tells: false },
      });
      const doIt = panel().getByRole("button", { name: /^So machen/ });
      await doIt.click();
      await panel()
        .getByText(/Die Touren haben sich inzwischen geändert/)
        .waitFor(SLOW);
      expect(await shiftOf(world.late.deliveryId)).toBe(world.late.shiftId);
      await doIt.click();
      await page.getByText("Gemacht.", { exact: true }).waitFor(SLOW);
      await expect.poll(() => shiftOf(world.late.deliveryId), SLOW).not.toBe(world.late.shiftId);
      await expect
        .poll(
          () =>
            page
              .getByRole("region", { name: /in Gefahr$/ })
              .getByText(LATE_NAME)
              .count(),
          SLOW,
        )
        .toBe(0);
      await page.unroute("**/api/v1/events**");
      await page.unroute("**/evenings/*/running");
    }, 90_000);

    it("a stop is moved by keyboard alone, and by dragging it to another round", async () => {
      await evening(page);
      const row = round(4).getByRole("button", { name: /^Tour 4/ });
      await row.focus();
      await page.keyboard.press("Enter");
      const stop = round(4)
        .getByRole("button", { name: /voraussichtlich/ })
        .first();
      await stop.focus();
      await page.keyboard.press("Enter");
      expect(await stop.getAttribute("aria-pressed")).toBe("true");
      await panel().getByLabel("Verschieben nach").selectOption({ label: "Tour 3" });
      await panel().getByRole("row").nth(2).waitFor(SLOW);
      await page.keyboard.press("Escape");
      await panel()
        .getByRole("table")
        .waitFor({ state: "detached", ...SLOW });

      const from = await round(4).locator("[data-stop]").first().boundingBox();
      const to = await round(3).locator("[data-track]").boundingBox();
      if (!from || !to) throw new Error("Nothing to drag");
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + to.width * 0.9, to.y + to.height / 2, { steps: 8 });
      await page.mouse.up();
      await panel().getByRole("row").nth(2).waitFor(SLOW);
      await expect
        .poll(() => panel().getByLabel("Verschieben nach").locator("option:checked").textContent(), SLOW)
        .toBe("Tour 3");
      await panel().getByRole("button", { name: "Verwerfen" }).last().click();
    }, 60_000);

    it("stops are held, a courier drops out on trial, the customer's conversation is a click away", async () => {
      await round(3).getByRole("button", { name: "Mehr zu Tour 3" }).click();
      await page.getByRole("menuitem", { name: "Ganze Tour festhalten" }).click();
      await page.getByText(/Stopps bleiben, wie sie sind\./).waitFor(SLOW);
      await page.getByText(/Tour 3: \d+ Stopps festgehalten\./).waitFor(SLOW);
      await round(3).getByRole("button", { name: "Mehr zu Tour 3" }).click();
      await page.getByRole("menuitem", { name: "Loslassen" }).click();
      await page.getByText("Tour 3: losgelassen.", { exact: true }).waitFor(SLOW);
      await round(4).getByRole("button", { name: "Mehr zu Tour 4" }).click();
      await page.getByRole("menuitem", { name: "Fahrer fällt aus …" }).click();
      await panel().getByRole("row").nth(2).waitFor(SLOW);
      await panel().getByRole("button", { name: "Verwerfen" }).last().click();
      await page
        .locator("[data-round]")
        .getByRole("button", { name: new RegExp(WRITER) })
        .first()
        .click();
      const way = panel().getByRole("link", { name: "Zum Gespräch" });
      await way.waitFor(SLOW);
      expect(await way.getAttribute("href")).toBe(`/desk/conversations/${world.conversationId}`);
    }, 60_000);

    it("what a courier cannot tell is recorded, with who says so, and taken back", async () => {
      const stop = round(1).getByRole("button", { name: /voraussichtlich/ });
      await round(1)
        .getByRole("button", { name: /^Tour 1/ })
        .click();
      await stop.last().click();
      const record = panel().getByRole("button", { name: "Ergebnis erfassen" });
      await record.click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Erfassen" }).click();
      await dialog.getByText("Ohne diese Angabe wird nichts erfasst.").waitFor();
      await dialog.getByLabel("beim Nachbarn").check();
      await dialog.getByLabel("Wer hat es angenommen?").fill("Frau Kurz, zweiter Stock");
      await dialog.getByLabel("Wer sagt das?").fill("Sina Lorenz, am Telefon");
      await dialog.getByRole("button", { name: "Erfassen" }).click();
      await dialog.waitFor({ state: "detached", ...SLOW });
      await page.getByText("Laut: Sina Lorenz, am Telefon").first().waitFor(SLOW);
      await panel().getByRole("button", { name: "Ergebnis zurücknehmen" }).click();
      await dialog.getByLabel("Wer sagt das?").fill("Leitstand, verwechselt");
      await dialog.getByRole("button", { name: "Zurücknehmen" }).click();
      await dialog.waitFor({ state: "detached", ...SLOW });
      await record.waitFor(SLOW);
      expect(await faultsOf(page)).toEqual([]);
      await panel().getByRole("button", { name: "Verwerfen" }).last().click();
    }, 60_000);

    it("all couriers are written to; what happens elsewhere comes by itself", async () => {
      await page.getByRole("button", { name: "Allen Fahrern schreiben" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Senden" }).click();
      await dialog.getByText("Ohne Text gibt es nichts zu senden.").waitFor();
      await dialog.getByLabel("Nachricht").fill("Auf der Fruchtallee ist Stau.");
      await dialog.getByRole("button", { name: "Senden" }).click();
      await dialog.getByText("4 Nachrichten sind unterwegs.").waitFor(SLOW);
      await dialog.getByRole("button", { name: "Schließen" }).last().click();
      await world.company.owner.call(delivery.writeToEvening, {
        params: { id: world.eveningId },
        body: { to: "couriers", text: "Die Brücke ist wieder frei.", key: "bridge" },
      });
      await page.getByText("„Die Brücke ist wieder frei.“").first().waitFor(SLOW);
    }, 60_000);

    it("is ended by hand after a question, played again by keys, and stands in the report", async () => {
      await page.getByRole("button", { name: "Mehr zu diesem Abend" }).click();
      await page.getByRole("menuitem", { name: "Abend beenden" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Abend beenden" }).click();
      await page.getByText("Der Abend ist vorbei.", { exact: true }).first().waitFor(SLOW);
      // It stands in the address since it was shown first: no other one takes its place when it ends.
      expect(new URL(page.url()).searchParams.get("evening")).toBe(String(world.eveningId));
      await page.getByRole("link", { name: "Abend noch einmal ansehen" }).click();
      const slider = page.getByRole("slider", { name: "Moment des Abends" });
      await slider.waitFor(SLOW);
      await page.screenshot({ path: join(folder, "delivery-replay-1440-light-de.png") });
      const first = await slider.getAttribute("aria-valuetext");
      await page.getByRole("button", { name: "Zum nächsten Ereignis" }).click();
      await page.keyboard.press("n");
      await slider.press("End");
      await expect.poll(() => slider.getAttribute("aria-valuetext"), SLOW).not.toBe(first);
      await page.getByText("Der Abend ist vorbei.", { exact: true }).waitFor(SLOW);
      await slider.press("Home");
      await page.getByText("Der Abend ist vorbei.", { exact: true }).waitFor({ state: "detached", ...SLOW });
      await page.getByRole("button", { name: "Abspielen" }).click();
      await page.getByRole("button", { name: "Anhalten" }).waitFor(SLOW);
      await page.getByRole("button", { name: "Anhalten" }).click();
      expect(await faultsOf(page)).toEqual([]);

      await evening(page, "delivery/report");
      await page.getByRole("heading", { name: "Abend für Abend" }).waitFor(SLOW);
      expect(await faultsOf(page)).toEqual([]);
      await picture(page, "delivery-report");
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Als CSV herunterladen" }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^lieferungen-\d{4}-\d\d-\d\d-bis-\d{4}-\d\d-\d\d\.csv$/);
    }, 90_000);

    it("shows an evening in its own city, also where the address names none", async () => {
      const { owner } = world.company;
      const middle = { lat: 53.08, lon: 8.81 };
      const city = await owner.call(delivery.createDeliveryCity, {
        body: { name: "Bremen", timeZone: "UTC", middle, depots: [{ name: "Wall", place: middle }] },
      });
      const date = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
      const shift = {
        startDepotId: city.depots[0]?.id ?? 0,
        earliestAt: `${date}T16:00:00Z`,
        latestAt: `${date}T20:00:00Z`,
      };
      const { id } = await owner.call(delivery.createEvening, {
        body: { cityId: city.id, date, shifts: [shift] },
      });
      await evening(page, `delivery?evening=${id}`);
      const chosen = page.getByRole("combobox", { name: "Stadt", exact: true });
      await expect.poll(() => chosen.inputValue(), SLOW).toBe(String(city.id));
      expect(await page.getByRole("combobox", { name: "Abend", exact: true }).inputValue()).toBe(String(id));
    }, 60_000);
  });
});

/** The same evening with 60 rounds of 30 open stops, spread round the real ones. */
function enlarged(running: delivery.RunningReply): delivery.RunningReply {
  const like = running.rounds.flatMap(({ stops }) => stops).at(-1);
  const [round] = running.rounds;
  if (!like || !round) throw new Error("There is no stop to copy");
  const stopOf = (n: number, place: number): delivery.RunningStop => ({
    ...like,
    deliveryId: 1_000_000 + n,
    name: `Kundin ${n}`,
    place: { lat: 53.5 + (n % 97) / 900, lon: 9.9 + (n % 89) / 600 },
    state: "booked",
    outcome: null,
    endedAt: null,
    expectedAt: new Date(Date.parse(round.earliestAt) + (30 + place * 8) * 60_000).toISOString(),
  });
  return {
    ...running,
    atRisk: [],
    rounds: Array.from({ length: 60 }, (_, r) => ({
      ...round,
      shiftId: 500_000 + r,
      stops: Array.from({ length: 30 }, (_stop, place) => stopOf(r * 30 + place, place)),
    })),
  };
}
