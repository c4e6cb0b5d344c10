import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEmbedded } from "../../src/kernel/db/embedded.ts";
import { addDays, lastWeek, weekOf } from "../../src/skills/week/rules/weeks.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { PastWeeks } from "../outside/week-stage.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { LOOKS, type Look } from "./looks.ts";
import { picture } from "./picture.ts";

/** The owner reads last week on one screen, changes a price and takes it back, and leaves the mail by its own link. */

const SLOW = { timeout: 30_000 };
const HOUR = 3_600_000;
const ZONE = "Europe/Berlin";
const TOPICS = [
  { intent: "delivery", de: "Wann kommt meine Lieferung?", en: "When will it arrive?", now: 24, before: 20 },
  { intent: "returns", de: "Rückgabe und Umtausch", en: "Returns and exchanges", now: 12, before: 11 },
  { intent: "hours", de: "Öffnungszeiten", en: "Opening hours", now: 9, before: 3 },
  { intent: "voucher", de: "Gutschein einlösen", en: "Using a voucher", now: 6, before: 1 },
] as const;

describe.skipIf(!chromiumPath())("the owner's week on a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let company: Company;
  let empty: Company;
  let client: pg.Client;
  const folder = screenshotFolder();
  const last = lastWeek(ZONE, Date.now());
  const before = weekOf(ZONE, addDays(last.monday, -7));

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = new URL("/", node.report.desk).origin;
    company = await newCompany(node, "de", "Haushaltswaren Otten");
    empty = await newCompany(node, "en");
    client = new pg.Client(await ownerOf(node));
    await client.connect();
    await fill();
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await client?.end();
  });

  /** As the owner role: the past is in no hand of the product. */
  async function ownerOf({ dataDir }: SharedNode): Promise<pg.ClientConfig> {
    const server = await findEmbedded({ dataDir });
    if (!server) throw new Error("The node's PostgreSQL is not running");
    return { ...server.connection(), user: "augenhoehe" };
  }

  /** Half answered at once, a quarter a person's, some offered a choice; some notices, one who waits. */
  async function fill(): Promise<void> {
    const { rows } = await client.query<{ id: number }>(
      "select id from kernel.channel where tenant_id = $1 and kind = 'web'",
      [company.id],
    );
    const past = new PastWeeks(client, { tenantId: company.id, channelId: rows[0]?.id ?? 0 });
    for (const topic of TOPICS) {
      await past.topic(topic.intent, topic);
      for (const [week, count] of [
        [last, topic.now],
        [before, topic.before],
      ] as const)
        for (let n = 0; n < count; n++) await past.case(caseOf(topic.intent, week.from, n));
    }
    const waits = await past.case({
      at: last.from + 60 * HOUR,
      topic: "voucher",
      outcome: "handed_over",
      waits: true,
    });
    for (const question of ["Gilt der Gutschein auch im Laden", "Gilt der Gutschein auch für Seile im Laden"])
      await past.unanswered(waits, question, last.from + 60 * HOUR);
    for (let n = 0; n < 8; n++)
      await past.notice({
        at: last.from + 30 * HOUR + n,
        billed: n < 6 ? "utility" : "marketing",
        to: n < 7 ? `49151${n}` : "43660",
        status: "delivered",
      });
  }

  function caseOf(topic: string, from: number, n: number) {
    const at = from + (10 + 24 * (n % 5)) * HOUR + n * 60_000;
    if (topic === "voucher" || n % 4 === 3)
      return {
        at,
        topic,
        outcome: "handed_over" as const,
        answered: { at: at + (n + 3) * 60_000, by: `colleague-${n % 5}` },
      };
    return { at, topic, outcome: n % 7 === 6 ? ("offered" as const) : ("answered" as const) };
  }

  async function enter(of: Company, { width, scheme, language }: Look, height = 900): Promise<Page> {
    const { page } = await openPage(browser, { width, height, scheme, preferences: { language } });
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    await signIn(page, base, node.report.signIn);
    await page.evaluate((id) => {
      localStorage.setItem("ah.tenant", id);
      sessionStorage.setItem("ah.tenant", id);
    }, String(of.id));
    return page;
  }

  async function open(page: Page, place: string, heading: RegExp): Promise<void> {
    await page.goto(`${base}/desk/${place}`);
    await page.getByRole("heading", { level: 2, name: heading }).first().waitFor(SLOW);
    await page.evaluate(() => document.fonts.ready);
  }

  it.each(LOOKS)(
    "its pages: $language, $width px, $scheme",
    async (look) => {
      const page = await enter(company, look);
      const { width, scheme, language } = look;
      const faults: string[] = [];
      for (const [name, place, heading] of [
        ["week", "monday", /Was gefragt wurde|What was asked/],
        ["costs", "monday/costs", /gelöster Fall kostet|solved case costs/],
      ] as const) {
        await open(page, place, heading);
        await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${language}.png`) });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
        if (width === 360) {
          await page.setViewportSize({ width, height: 3_000 });
          await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${language}-long.png`) });
          await page.setViewportSize({ width, height: 900 });
        }
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it("fits one screen at 1440 px, and leads to the cases and topics behind the figures", async () => {
    const page = await enter(company, { language: "de", width: 1440, scheme: "light" });
    await open(page, "monday", /Was gefragt wurde/);
    const main = page.getByRole("main");
    // 52 cases and 35 before: enough to compare. "Öffnungszeiten" with 9 and 3 is not.
    await main.getByText("52", { exact: true }).first().waitFor(SLOW);
    const row = main.getByRole("row", { name: /Öffnungszeiten/ });
    expect(await row.textContent()).not.toMatch(/[+−]/);
    const below = await page.evaluate(() => {
      const places = [...document.querySelectorAll("main section")].map((one) => one.getBoundingClientRect());
      return Math.max(...places.map(({ bottom }) => bottom)) - window.innerHeight;
    });
    expect(below).toBeLessThanOrEqual(0);
    // The week belongs to the house: the rail says where one is.
    const rooms = page.getByRole("navigation", { name: "Bereiche" });
    expect(await rooms.locator("[aria-current=page]").allTextContents()).toEqual(["Haus"]);
    await picture(page, "week");
    await main.getByRole("link", { name: /Gutschein einlösen.*seit/ }).click();
    await page.waitForURL(/\/desk\/conversations\/\d+$/, SLOW);
    await page.goBack();
    await main.getByLabel("Woche", { exact: true }).selectOption(before.monday);
    await page.waitForURL(new RegExp(`week=${before.monday}`), SLOW);
    await main.getByText("35", { exact: true }).first().waitFor(SLOW);
    await page.context().close();
  });

  it("reckons under the keys, saves a price, goes back to the assumptions and undoes that", async () => {
    const page = await enter(company, { language: "de", width: 1440, scheme: "light" });
    await open(page, "monday/costs", /gelöster Fall kostet/);
    const marketing = page.getByLabel("Marketing", { exact: true });
    await marketing.fill("viel");
    await page.getByText("Das ist kein Betrag").waitFor(SLOW);
    await page.getByRole("button", { name: "Preise speichern" }).click();
    await page.getByText("Nicht gespeichert").waitFor(SLOW);
    await marketing.fill("1");
    // One marketing message went to Germany.
    await page
      .getByRole("row", { name: /1 × Marketing, Deutschland/ })
      .getByText("1,00")
      .waitFor(SLOW);
    await page.getByRole("button", { name: "Preise speichern" }).click();
    await page.getByText("Es gelten eigene Preise.").waitFor(SLOW);
    await page.getByRole("button", { name: "Zurück zu den Annahmen" }).click();
    await page.getByText("Es gelten die Annahmen.").waitFor(SLOW);
    expect(await marketing.inputValue()).toBe("0,1131");
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await page.getByText("Es gelten eigene Preise.").waitFor(SLOW);
    expect(await marketing.inputValue()).toBe("1,0000");
    await page.context().close();
  });

  it("switches the mail off by the mail's own link", async () => {
    const page = await enter(company, { language: "de", width: 1440, scheme: "light" });
    await open(page, "monday", /Was gefragt wurde/);
    await page.getByText("Dafür braucht es ein Postfach").waitFor(SLOW);
    await client.query(
      "insert into week.reader (tenant_id, user_id, language) select tenant_id, user_id, 'de' from kernel.staff where tenant_id = $1 and role = 'owner'",
      [company.id],
    );
    await open(page, "monday?mail=off", /Was gefragt wurde/);
    await page.getByText("Die Mail ist ausgeschaltet.").waitFor(SLOW);
    const { rows } = await client.query("select 1 from week.reader where tenant_id = $1", [company.id]);
    expect(rows).toEqual([]);
    await page.context().close();
  });

  it("says in a company's first week when there will be something to read", async () => {
    const page = await enter(empty, { language: "en", width: 1440, scheme: "light" });
    await open(page, "monday", /The first week will be here on/);
    await page.screenshot({ path: join(folder, "week-first-1440-light-en.png") });
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});
