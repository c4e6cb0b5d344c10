import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getCompany, listConversations } from "#kernel/api";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile, type FileEntry } from "../../src/skills/pay/fixtures/camt-file.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany, query } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { chatOnPhone, type PhoneChat } from "./phone.ts";
import { builtPay } from "./portal-pages.ts";

/** A company asks for money, a customer pays by transfer, the bank's file says so, a part goes back; and every page is looked at. */

const SLOW = { timeout: 30_000 };
const PAYER = "DE02120300000000202051";
const LONG =
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenlieferung mit Futteral, in Anthrazit und Größe 58";
const PAGES = {
  requests: "payments",
  bank: "payments/bank",
  transfers: "payments/transfers",
  export: "payments/export",
  settings: "payments/settings",
};

describe.skipIf(!chromiumPath())("payments at the desk", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let company: Company;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    builtPay();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    browser = await launchChromium();
    company = await newCompany(node, "de", "Mützen Petersen");
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
    await page.waitForFunction(() => document.querySelector("[data-waiting]") === null, null, SLOW);
    await page.evaluate(() => document.fonts.ready);
  }

  async function look(look: Look, tenant: number, places: Record<string, string>, as: string) {
    const { width, scheme, language } = look;
    const page = await begin(look, tenant);
    const faults: string[] = [];
    for (const [name, place] of Object.entries(places)) {
      await visit(page, place);
      await page.screenshot({
        path: join(folder, `payments-${as}-${name}-${width}-${scheme}-${language}.png`),
      });
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  }

  const bytesOf = async (download: Download) => readFileSync(await download.path());

  describe("from an account to a refund", () => {
    let page: Page;
    let customer: PhoneChat;
    let request: pay.PayRequest;
    beforeAll(async () => {
      page = await begin({ language: "de", width: 1440, scheme: "light" }, company.id);
      const { slug } = await company.owner.call(getCompany);
      customer = await chatOnPhone(browser, `${base}/c/${slug}`);
    }, 60_000);
    afterAll(async () => {
      await page?.context().close();
      await customer?.close();
    });

    const file = async (name: string, xml: string) => {
      await visit(page, "payments/bank");
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        page.getByRole("button", { name: "Datei wählen" }).click(),
      ]);
      await chooser.setFiles({ name, mimeType: "application/xml", buffer: Buffer.from(xml) });
      await page.getByRole("heading", { name }).waitFor(SLOW);
    };
    const statement = (id: string, opening: string, closing: string, ...entries: FileEntry[]) =>
      camtFile({ id, opening, closing, entries });

    it("says what is missing, and takes the account", async () => {
      await visit(page, "payments");
      await page.getByText("Noch weiß niemand, auf welches Konto das Geld soll.").waitFor(SLOW);
      await page.getByRole("link", { name: "Konto eintragen" }).click();
      await page.getByLabel("Kontoinhaber", { exact: true }).fill("Mützen Petersen GmbH");
      await page.getByLabel("IBAN", { exact: true }).fill("DE88 3704 0044 0532 0130 00");
      await page.getByRole("button", { name: "Speichern", exact: true }).click();
      await page.getByText("IBAN: Das stimmt so nicht. Bitte prüfen.").waitFor(SLOW);
      await page.getByLabel("IBAN", { exact: true }).fill("DE89 3704 0044 0532 0130 00");
      await page.getByRole("button", { name: "Speichern", exact: true }).click();
      await page.getByText("Gespeichert.", { exact: true }).waitFor(SLOW);
    }, 60_000);

    it("asks for money beside the conversation; the customer opens the page by the card and sees the code", async () => {
      await customer.write("Ich möchte eine Mütze bezahlen.");
      await customer.page.getByRole("button", { name: "Mensch holen" }).first().click(SLOW);
      const conversationId = await expect
        .poll(
          async () => (await company.owner.call(listConversations, { query: { view: "all" } })).items[0]?.id,
          SLOW,
        )
        .toBeGreaterThan(0)
        .then(
          async () => (await company.owner.call(listConversations, { query: { view: "all" } })).items[0]?.id,
        );
      await page.goto(`${base}/desk/conversations/${conversationId}`);
      const panel = page.getByRole("complementary", { name: "Kontakt" });
      await panel.getByRole("button", { name: "Um Geld bitten" }).click(SLOW);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Anfrage senden" }).click();
      await dialog.getByText("Das ist kein Betrag. Zum Beispiel 10,90.").waitFor(SLOW);
      await dialog.getByLabel("Betrag in Euro").fill("45,90");
      await dialog.getByLabel("Wofür", { exact: true }).fill("Mütze „Elbe“");
      await page.screenshot({ path: join(folder, "payments-ask.png") });
      await dialog.getByRole("button", { name: "Anfrage senden" }).click();
      await panel.getByRole("link", { name: "Mütze „Elbe“" }).waitFor(SLOW);
      await page.screenshot({ path: join(folder, "payments-asked.png") });

      const { items } = await company.owner.call(pay.listPayRequests, {});
      request = await company.owner.call(pay.getPayRequest, { params: { id: items[0]?.id ?? 0 } });
      expect(request).toMatchObject({ amountMinor: 4_590, title: "Mütze „Elbe“", conversationId });
      const card = customer.log.getByRole("link", { name: /bezahlen|Bezahlen|Zahlen|zahlen/ }).last();
      const address = await card.getAttribute("href", SLOW);
      expect(address).toContain(request.page.slice(request.page.indexOf("/pay#")));
      const theirs = await customer.page.context().newPage();
      await theirs.goto(`${base}${request.page.slice(request.page.indexOf("/pay#"))}`);
      await theirs.getByRole("heading", { level: 1, name: "45,90 €" }).waitFor(SLOW);
      await theirs.getByRole("img", { name: /GiroCode/ }).waitFor(SLOW);
      await theirs.getByText(request.reference.replace(/.{4}(?=.)/g, "$& ")).waitFor(SLOW);
      await theirs.close();
    }, 120_000);

    it("the bank's file books what has the reference, and the receipt is there", async () => {
      const paid = {
        amount: "45.90",
        name: "Anna Krug",
        iban: PAYER,
        reference: request.reference,
        bankReference: "A1",
      };
      const other = { amount: "12.00", name: "Bernd Möller", words: "Spende", bankReference: "A2" };
      await file("auszug-1.xml", statement("2026-001", "100.00", "157.90", paid, other));
      await page.getByText("Auszug 2026-001, 24.11.2026: eingelesen").waitFor(SLOW);
      await page.getByText("Eine Zahlung gebucht. Eine wartet auf Bestätigung.").waitFor(SLOW);
      await page.screenshot({ path: join(folder, "payments-imported.png") });
      // The same once more is refused in a sentence, in the reader's language.
      await file("auszug-1.xml", statement("2026-001", "100.00", "157.90", paid, other));
      await page.getByText("Dieser Auszug ist schon da.").waitFor(SLOW);
      await visit(page, "payments");
      await page.getByRole("link", { name: "Mütze „Elbe“" }).click();
      await page.getByText("Bezahlt", { exact: true }).waitFor(SLOW);
      const [receipt] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /^Beleg B-\d{4}-\d+ als PDF$/ }).click(SLOW),
      ]);
      expect((await bytesOf(receipt)).subarray(0, 5).toString()).toBe("%PDF-");
      await customer.log
        .getByText(/45,90\s€/)
        .last()
        .waitFor(SLOW);
    }, 120_000);

    it("a proposal is booked by one tap, and taken back by another", async () => {
      const body = { key: "kappe", amountMinor: 2_000, title: "Kappe" };
      await company.owner.call(pay.createPayRequest, { body });
      const near = { amount: "20.00", name: "Cem Demir", words: "Kappe", bankReference: "B1" };
      await file("auszug-2.xml", statement("2026-002", "157.90", "177.90", near));
      const row = page.getByRole("listitem").filter({ hasText: "Cem Demir" });
      await row.getByRole("button", { name: "Auf „Kappe“ buchen" }).click(SLOW);
      await row.waitFor({ state: "detached", ...SLOW });
      const kappe = async () =>
        (await company.owner.call(pay.listPayRequests, { query: { q: "Kappe" } })).items[0]?.state;
      expect(await kappe()).toBe("paid");
      await page.getByLabel("Zeigen").selectOption("matched");
      await row.getByRole("button", { name: "Rückgängig" }).click(SLOW);
      await row.waitFor({ state: "detached", ...SLOW });
      expect(await kappe()).toBe("open");
      // What has nothing to do with it is put aside, and can come back.
      await page.getByLabel("Zeigen").selectOption("todo");
      const gift = page.getByRole("listitem").filter({ hasText: "Bernd Möller" });
      await gift.getByRole("button", { name: "Hat damit nichts zu tun" }).click(SLOW);
      await gift.waitFor({ state: "detached", ...SLOW });
    }, 120_000);

    it("a part goes back by a file for the bank; a file that it refused is made anew", async () => {
      await visit(page, `payments/requests/${request.id}`);
      await page.getByRole("button", { name: "Erstatten", exact: true }).click(SLOW);
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Betrag in Euro").fill("99,00");
      await dialog.getByRole("button", { name: "Erstatten", exact: true }).click();
      await dialog.getByText(/Bitte einen Betrag bis 45,90/).waitFor(SLOW);
      await dialog.getByLabel("Betrag in Euro").fill("10,00");
      await dialog.getByLabel("Grund").fill("Kleiner Fleck");
      await dialog.getByRole("button", { name: /^10,00\s€ erstatten$/ }).click();
      await page.getByText("Wartet auf die Datei").waitFor(SLOW);
      await page.screenshot({ path: join(folder, "payments-refund.png") });
      await visit(page, "payments/transfers");
      const make = async () => {
        const [made] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Datei erzeugen" }).click(SLOW),
        ]);
        return (await bytesOf(made)).toString("utf8");
      };
      const first = await make();
      expect(first).toContain('<InstdAmt Ccy="EUR">10.00</InstdAmt>');
      expect(first).toContain(PAYER);
      await page.getByRole("button", { name: "Bank hat abgelehnt" }).click(SLOW);
      await page.getByRole("dialog").getByRole("button", { name: "Bank hat abgelehnt" }).click();
      await page.getByText(/^Abgelehnt am/).waitFor(SLOW);
      const second = await make();
      expect(second).toContain('<InstdAmt Ccy="EUR">10.00</InstdAmt>');
      expect(second).not.toBe(first);
    }, 120_000);

    it("what happened leaves for the bookkeeping", async () => {
      await visit(page, "payments/export");
      await page.getByLabel("Vom", { exact: true }).fill("01.01.2026");
      await page.getByLabel("Bis zum", { exact: true }).fill("31.12.2027");
      const [csv] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Datei laden" }).click(),
      ]);
      const text = (await bytesOf(csv)).toString("utf8");
      expect(text).toContain(request.reference);
      await page.getByText(/Buchungen? in /).waitFor(SLOW);
    }, 60_000);
  });

  describe("looked at", () => {
    let id = 0;
    beforeAll(async () => {
      const ask = (key: string, title: string, more = {}) =>
        company.owner.call(pay.createPayRequest, { body: { key, amountMinor: 123_456_789, title, ...more } });
      const made = await ask("lang", LONG, {
        dueOn: "2020-01-01",
        lines: [
          { text: LONG, amountMinor: 123_456_000 },
          { text: "Porto", amountMinor: 789 },
        ],
      });
      id = made.id;
      const body = { key: "bar", amountMinor: 100_000_000, payer: `${LONG.slice(0, 90)} GmbH & Co. KGaA` };
      await company.owner.call(pay.recordPayment, { params: { id }, body });
      await company.owner.call(pay.refundPayRequest, {
        params: { id },
        body: { key: "zurueck", amountMinor: 1_000, reason: LONG },
      });
      // Said by somebody in a conversation, which this one does not have.
      await query(node, "update pay.request set disputed_at = now() where id = $1", [id]);
    });
    it.each(LOOKS)(
      "with much on them: $language, $width px, $scheme",
      (one) => look(one, company.id, { ...PAGES, request: `payments/requests/${id}` }, "full"),
      180_000,
    );
    it.each(LOOKS)(
      "with nothing on them: $language, $width px, $scheme",
      async (one) => {
        const bare = await newCompany(node, one.language);
        await look(one, bare.id, PAGES, "empty");
      },
      180_000,
    );
  });
});
