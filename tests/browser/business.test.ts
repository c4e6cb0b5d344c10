import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getCompany } from "#kernel/api";
import * as business from "../../src/skills/business/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { ApiClient } from "../outside/api-client.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { chatOnPhone, type PhoneChat } from "./phone.ts";
import { picture } from "./picture.ts";

/**
 * The maker of screws: its pages are looked at, and an enquiry in the chat becomes a quotation, an order and its
 * confirmation, with a buyer on a telephone and a colleague at the desk.
 */

const SLOW = { timeout: 30_000 };
/** What axe has nothing to say about, and what a page must show before it is looked at. */
const DRAFT_LINE = "Unterlegscheibe M8, verzinkt (ISO 7089)";
const CUSTOMER = "Anlagenbau Öztürk KG";
/** Somebody whom the company has not named yet; another one in each run on this node. */
const BUYER = "Emre Öztürk";
const ENQUIRY = "Guten Tag, wir brauchen 2.500 Unterlegscheiben M8, verzinkt. Was kosten die?";

describe.skipIf(!chromiumPath())("business customers on a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let tenant: number;
  let owner: ApiClient;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    tenant = node.report.tenants[1] ?? 0;
    browser = await launchChromium();
    const page = await begin(LOOKS[0] as Look);
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    owner = new ApiClient(base, { cookie, "x-tenant": String(tenant), origin: base });
    await page.context().close();
  }, 120_000);
  afterAll(() => browser?.close());

  async function begin({ width, scheme, language }: Look, height = 1500): Promise<Page> {
    const { page } = await openPage(browser, { width, height, scheme, preferences: { language } });
    await enterDesk(page, node, tenant);
    return page;
  }

  const draftOf = async (): Promise<number> => {
    const { items } = await owner.call(business.listQuotations, { query: { state: "draft" } });
    return items.at(-1)?.id ?? 0;
  };

  it("has a quotation in each state, and an English-speaking customer", async () => {
    const { items } = await owner.call(business.listQuotations, { query: { limit: 100 } });
    const states = new Set(items.map(({ state }) => state));
    for (const state of ["draft", "sent", "accepted", "declined", "withdrawn", "expired"] as const)
      expect(states, state).toContain(state);
    const renewed = await Promise.all(
      items
        .filter(({ version }) => version > 1)
        .map(({ id }) => owner.call(business.getQuotation, { params: { id } })),
    );
    expect(renewed.flatMap(({ versions }) => versions).map(({ state }) => state)).toContain("replaced");
    const found = await owner.call(business.listCompanies, { query: { q: "harbour" } });
    const english = await owner.call(business.getBusinessCompany, {
      params: { id: found.items[0]?.id ?? 0 },
    });
    expect(english).toMatchObject({ language: "en", machines: [{ serial: "GP-4790" }] });
  });

  it.each(LOOKS)(
    "its pages: $language, $width px, $scheme",
    async (look) => {
      const page = await begin(look);
      const { items: companies } = await owner.call(business.listCompanies, {});
      const { items } = await owner.call(business.listQuotations, { query: { state: "accepted" } });
      const places = {
        quotations: "business",
        companies: "business/companies",
        company: `business/companies/${companies.find(({ name }) => name.startsWith("Beck"))?.id}`,
        draft: `business/quotations/${await draftOf()}`,
        ordered: `business/quotations/${items[0]?.id}`,
        letterhead: "business/letterhead",
      };
      const faults: string[] = [];
      for (const [name, place] of Object.entries(places)) {
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
        const { width, scheme, language } = look;
        await page.screenshot({ path: join(folder, `business-${name}-${width}-${scheme}-${language}.png`) });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      expect(faults).toEqual([]);
      // Also on a phone the way here stands among the tabs.
      const rooms = page.getByRole("navigation", { name: /^(Bereiche|Rooms)$/ });
      const here = rooms.locator("[aria-current=page]");
      expect(await here.allTextContents()).toEqual([look.language === "de" ? "Firmen" : "Firms"]);
      await page.context().close();
    },
    180_000,
  );

  describe("an enquiry, a quotation, an order", () => {
    let page: Page;
    let buyer: PhoneChat;

    beforeAll(async () => {
      page = await begin({ language: "de", width: 1440, scheme: "light" }, 900);
      const { slug } = await owner.call(getCompany);
      buyer = await chatOnPhone(browser, `${base}/c/${slug}`);
    }, 60_000);
    afterAll(async () => {
      await page?.context().close();
      await buyer?.close();
    });
    const panel = () => page.getByRole("complementary", { name: "Kontakt" });
    const heard = (words: string | RegExp) => buyer.log.getByText(words).last().waitFor(SLOW);

    it("the enquiry comes to a person, who says for which company it speaks", async () => {
      await buyer.page.getByRole("button", { name: "Mensch holen" }).first().click();
      await buyer.page.locator(".horizon.nobody").waitFor(SLOW);
      await buyer.write(ENQUIRY);
      await page.goto(`${base}/desk/conversations?view=unassigned`);
      await page.locator("[data-row]").filter({ hasText: "2.500 Unterlegscheiben" }).last().click(SLOW);
      await page.getByRole("log").getByText(ENQUIRY).waitFor(SLOW);
      await panel().getByRole("button", { name: "Ändern" }).click(SLOW);
      await panel().getByLabel("Name", { exact: true }).fill(BUYER);
      await panel().getByRole("button", { name: "Speichern" }).click();
      await panel().getByRole("button", { name: "Spricht für eine Firma" }).click(SLOW);
      await panel().getByLabel("Firma suchen").fill("Öztürk");
      await panel().getByRole("button", { name: CUSTOMER }).click(SLOW);
      await panel().getByRole("button", { name: "Spricht für diese Firma" }).click();
      await panel().getByRole("link", { name: CUSTOMER }).waitFor(SLOW);
      await picture(page, "quotation-enquiry");
    }, 120_000);

    it("a quotation is written, previewed and sent by keyboard, and can be withdrawn", async () => {
      await panel().getByRole("button", { name: "Angebot schreiben" }).click();
      await page.getByRole("heading", { name: "Neues Angebot" }).waitFor(SLOW);
      await page.getByLabel("Leistung, Position 1").fill(DRAFT_LINE);
      await page.getByLabel("Menge, Position 1").fill("2.500");
      await page.getByLabel("Preis, Position 1").fill("12,40");
      await page.getByLabel("je, Position 1").selectOption("1000");
      // 2.5 x 12.40 = 31.00, with 19 % 36.89
      await page.getByText("36,89").waitFor(SLOW);
      await page.getByLabel("Preis, Position 1").press("Enter");
      await expect
        .poll(
          () => page.getByLabel("Leistung, Position 2").evaluate((one) => one === document.activeElement),
          SLOW,
        )
        .toBe(true);
      await page.keyboard.type("Versand");
      await page.getByLabel("Preis, Position 2").fill("viel");
      await page.keyboard.press("Control+s");
      await page.getByText("Der Preis ist kein Betrag").waitFor(SLOW);
      await page.getByLabel("Preis, Position 2").fill("6,90");
      await page.keyboard.press("Control+s");
      await page.getByText("Gespeichert.", { exact: true }).waitFor(SLOW);
      await picture(page, "quotation-editor");
      const [preview] = await Promise.all([
        page.waitForEvent("popup"),
        page.getByRole("button", { name: "PDF ansehen" }).click(),
      ]);
      await preview.waitForURL(/^blob:/, SLOW);
      await preview.close();
      await page.getByRole("button", { name: "Angebot senden" }).click();
      await page.getByRole("heading", { name: /^AN-\d{4}-\d{4}$/ }).waitFor(SLOW);
      await page.getByRole("link", { name: "PDF öffnen" }).waitFor(SLOW);
      await heard(/Unser Angebot AN-\d{4}-\d{4} über 37,90/);
      await page.getByRole("button", { name: "Zurückziehen" }).click();
      await page.getByLabel("Grund").fill("Der Versand war falsch berechnet.");
      await page.getByRole("dialog").getByRole("button", { name: "Zurückziehen" }).click();
      await page.getByText("Grund: Der Versand war falsch berechnet.").waitFor(SLOW);
      await heard(/Wir ziehen unser Angebot .* zurück: Der Versand war falsch berechnet\./);
    }, 120_000);

    it("the next version is ordered by a message and a yes, once, and confirmed", async () => {
      await page.getByRole("button", { name: "Neue Fassung schreiben" }).click();
      await page.getByLabel("Preis, Position 2").fill("9,80");
      await page.getByRole("button", { name: "Angebot senden" }).click(SLOW);
      // 31.00 + 9.80
      await heard(/in der Fassung 2: 40,80/);
      const document = buyer.log.getByRole("link", { name: /AN-.*\.pdf/i }).last();
      const address = (await document.getAttribute("href")) ?? "";
      const pdf = await buyer.page.request.get(new URL(address, buyer.page.url()).href);
      expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
      await buyer.page.getByRole("button", { name: "Bestellen", exact: true }).click(SLOW);
      await heard(/Bitte bestätigen Sie die Bestellung: Angebot .*, Fassung 2, 2 Positionen, 40,80/);
      await buyer.page.getByRole("button", { name: "Ja, bestellen" }).click(SLOW);
      await heard(/Vielen Dank, Ihre Bestellung zu Angebot/);
      await buyer.log.getByRole("link", { name: /AB-.*\.pdf/i }).waitFor(SLOW);
      await picture(buyer.page, "quotation-chat");
      await page.getByText(`Bestellt von ${BUYER}`).waitFor(SLOW);
      await page.getByRole("link", { name: /Auftragsbestätigung AB-\d{4}-\d{4}/ }).waitFor(SLOW);
      await picture(page, "quotation-ordered");
      expect(await buyer.log.getByRole("link", { name: /AB-.*\.pdf/i }).count()).toBe(1);
      expect(buyer.faults).toEqual([]);
    }, 120_000);
  });
});
