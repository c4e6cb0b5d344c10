import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaff, getCompany } from "#kernel/api";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { Phone } from "../outside/phone.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { builtCoin, builtWallet } from "./portal-pages.ts";

/** Two governors in two browsers set a coin up; it is backed, sold, spent at the till, redeemed and shown to everybody. */

const SLOW = { timeout: 30_000 };
const RESERVE = "DE02120300000000202051";
const ACCOUNT = "DE89370400440532013000";
const TODAY = new Date().toISOString().slice(0, 10);
const PAGES = {
  coverage: "coin",
  proposals: "coin/proposals",
  counter: "coin/counter",
  members: "coin/members",
  payouts: "coin/payouts",
  till: "till",
  taken: "till/list",
  settlement: "till/settlement",
};

describe.skipIf(!chromiumPath())("a coin at the desk", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let company: Company;
  let owner: Page;
  let second: Page;
  let phone: Phone;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    builtCoin();
    builtWallet();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    browser = await launchChromium();
    company = await newCompany(node, "de", "Hafenmarkt e. V., Händlergemeinschaft Altona");
    owner = (await openPage(browser, { preferences: { language: "de" } })).page;
    await enterDesk(owner, node, company.id);
    second = (await openPage(browser, { preferences: { language: "de" } })).page;
    const email = `bo-${company.id}@example.org`;
    const { oneTimePassword } = await company.owner.call(createStaff, {
      body: { name: "Bo Lührs", email, role: "agent" },
    });
    await signIn(second, base, { email, password: String(oneTimePassword) });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
  });

  async function visit(page: Page, place: string): Promise<void> {
    await page.goto(`${base}/desk/${place}`);
    await page
      .locator("main h1")
      .first()
      .waitFor({ state: "attached", ...SLOW });
    await page.waitForFunction(() => document.querySelector("[data-waiting]") === null, null, SLOW);
    await page.evaluate(() => document.fonts.ready);
  }

  async function takeSeat(page: Page, seat: string): Promise<void> {
    await visit(page, "coin");
    await page.getByRole("radio", { name: seat, exact: true }).check(SLOW);
    await page.getByRole("button", { name: "Schlüssel in diesem Browser machen" }).click();
    await page.getByText("ich", { exact: true }).first().waitFor(SLOW);
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click(SLOW);

  async function propose(kind: string, fill: (page: Page) => Promise<void>): Promise<void> {
    await visit(owner, "coin/proposals");
    await press(owner, kind);
    const dialog = owner.getByRole("dialog");
    await dialog.waitFor(SLOW);
    await fill(owner);
    await dialog.getByRole("button", { name: "Beantragen", exact: true }).click();
    await dialog.waitFor({ state: "hidden", ...SLOW });
  }

  it("is set up by two governors, each with a key in their own browser", async () => {
    await visit(owner, "coin");
    await owner.screenshot({ path: join(folder, "coin-setup-empty.png"), fullPage: true });
    await owner.getByLabel("Name der Münze").fill("Hafentaler");
    await owner.getByLabel("Kürzel").fill("ht");
    await owner.getByLabel("Inhaber des Rücklagenkontos").fill("Hafenmarkt e. V.");
    await owner.getByLabel("IBAN des Rücklagenkontos").fill("DE88 1203 0000 0000 2020 51");
    await owner.getByRole("radio", { name: /Gutschein im begrenzten Netz/ }).check();
    await press(owner, "Speichern");
    await owner.getByText("Diese IBAN stimmt nicht: Länge oder Prüfziffern passen nicht.").waitFor(SLOW);
    await owner.getByLabel("IBAN des Rücklagenkontos").fill("DE02 1203 0000 0000 2020 51");
    await press(owner, "Speichern");
    await owner.getByText("Im Rat fehlen noch 2 Schlüssel.").waitFor(SLOW);
    await takeSeat(owner, "Rat");
    await takeSeat(owner, "Prüfer");
    await takeSeat(second, "Rat");
    await visit(owner, "coin");
    await owner.getByText("Bo Lührs").waitFor(SLOW);
    await owner.screenshot({ path: join(folder, "coin-setup.png"), fullPage: true });
    await press(owner, "Hauptbuch anlegen");
    await owner.getByRole("dialog").getByRole("button", { name: "Hauptbuch anlegen" }).click();
    await owner.getByRole("heading", { level: 1, name: "Deckung" }).waitFor(SLOW);
    await owner.getByText("Noch hat niemand einen Kontostand bestätigt.").waitFor(SLOW);
  }, 120_000);

  it("its reserve is confirmed from the imported statement, and both governors issue coins", async () => {
    const { missing: _m, gaps: _g, ...settings } = await company.owner.call(pay.getPaySettings);
    await company.owner.call(pay.savePaySettings, {
      body: { ...settings, holder: "Hafenmarkt e. V.", iban: ACCOUNT, otherAccounts: [RESERVE] },
    });
    const file = { id: "R1", iban: RESERVE, opening: "1000.00", closing: "1000.00", day: TODAY, entries: [] };
    const content = Buffer.from(camtFile(file), "utf8").toString("base64");
    await company.owner.call(pay.importStatements, { body: { name: "auszug.xml", content } });
    await propose("Kontostand der Rücklage bestätigen", async (page) => {
      await page.getByRole("button", { name: "Übernehmen" }).click(SLOW);
      await page.screenshot({ path: join(folder, "coin-attest.png") });
    });
    await press(owner, "Unterschreiben");
    await owner.getByText("geschehen", { exact: true }).waitFor(SLOW);
    await propose("Münzen ausgeben", async (page) => {
      await page.getByLabel("Betrag in HT").fill("600,00");
    });
    await press(owner, "Unterschreiben");
    await owner.getByText("1 von 2 nötigen Unterschriften").waitFor(SLOW);
    await visit(second, "coin/proposals");
    await second.screenshot({ path: join(folder, "coin-my-turn.png"), fullPage: true });
    await press(second, "Unterschreiben");
    await second.getByText("2 von 2 nötigen Unterschriften").waitFor(SLOW);
    await visit(owner, "coin");
    await owner.getByText("voll gedeckt", { exact: false }).first().waitFor(SLOW);
  }, 120_000);

  it("is sold at the counter to a wallet that was opened by the code on the screen", async () => {
    await visit(owner, "coin/counter");
    await press(owner, "Code zeigen");
    const link = await owner.locator("code").filter({ hasText: "#i=" }).textContent(SLOW);
    phone = await new Phone(new ApiClient(base, {})).open(String(link?.split("#i=")[1]));
    await owner.getByLabel("Betrag in Euro").fill("50");
    await press(owner, "50,00\u00a0HT für 50,00\u00a0€ verkaufen");
    await owner.getByText("gutgeschrieben", { exact: true }).waitFor(SLOW);
    await owner.screenshot({ path: join(folder, "coin-sold.png"), fullPage: true });
    expect((await phone.me()).balance).toBe(50_000_000);
  }, 60_000);

  it("is taken at the till, which says within a moment that it is paid; then it goes back to the bank", async () => {
    await visit(owner, "coin/members");
    await owner.getByLabel("Name der Annahmestelle").fill("Fischhaus am Kai");
    await press(owner, "Einladen");
    const invitation = await owner.locator("code").first().textContent(SLOW);
    await visit(owner, "till");
    await owner.getByLabel("Einladungscode").fill(String(invitation));
    await owner.getByLabel("Inhaber des Kontos, auf das eingelöst wird").fill("Fischhaus GmbH");
    await owner.getByLabel("IBAN dieses Kontos").fill(ACCOUNT);
    await press(owner, "Münze annehmen");
    for (const digit of ["1", "0", "9", "0"]) await press(owner, digit);
    await press(owner, "10,90\u00a0HT kassieren");
    await owner.getByRole("img", { name: "QR-Code: öffnet die Zahlung auf dem Telefon" }).waitFor(SLOW);
    await owner.screenshot({ path: join(folder, "till-code.png"), fullPage: true });
    const { items } = await company.owner.call(wallet.listTillRequests);
    const asked = items[0] as wallet.TillRequest;
    expect(asked).toMatchObject({ amountMinor: 1_090, state: "open" });
    expect(await phone.pay(asked.link)).toMatchObject({ result: "applied" });
    await owner.getByRole("status").getByText("bezahlt", { exact: true }).waitFor(SLOW);
    await owner.screenshot({ path: join(folder, "till-paid.png"), fullPage: true });
    await press(owner, "Nächste Zahlung");
    await visit(owner, "till/settlement");
    await owner.getByLabel("Betrag, der eingelöst wird").fill("5,00");
    await press(owner, "Einlösen");
    await owner.getByText("angenommen", { exact: true }).waitFor(SLOW);
    await visit(owner, "coin/payouts");
    const [download] = await Promise.all([
      owner.waitForEvent("download"),
      press(owner, "Eine Überweisung für die Bank"),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xml$/);
    await press(owner, "Die Bank hat bezahlt");
    await owner.getByText("bezahlt", { exact: true }).waitFor(SLOW);
  }, 120_000);

  it("an unpaid amount of nothing is not asked for, and a wrong text is no payment", async () => {
    await visit(owner, "till");
    await press(owner, "Code zeigen");
    await owner.getByText("Es fehlt der Betrag.").waitFor(SLOW);
    await visit(owner, "till/list");
    await owner.getByText("Zahlung eines Telefons ohne Netz nachreichen").click();
    await owner.getByLabel("Text der unterschriebenen Zahlung").fill("nicht das");
    await press(owner, "Zahlung annehmen");
    await owner.getByText("Das ist keine unterschriebene Zahlung. Es ist nichts gebucht.").waitFor(SLOW);
  }, 60_000);

  it.each(LOOKS)(
    "the rooms are as they should: $language, $width px, $scheme",
    async (look) => {
      const { width, scheme, language } = look;
      const height = width === 360 ? 800 : 1000;
      const { page, faults } = await openPage(browser, { width, height, scheme, preferences: { language } });
      await enterDesk(page, node, company.id);
      for (const [name, place] of Object.entries(PAGES)) {
        await visit(page, place);
        await page.screenshot({ path: join(folder, `coin-${name}-${width}-${scheme}-${language}.png`) });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      await page.context().close();
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it.each(LOOKS)(
    "everybody sees what stands behind it: $language, $width px, $scheme",
    async (look) => {
      const { slug } = await company.owner.call(getCompany);
      await until("what is owed is published", async () => {
        const shown = await new ApiClient(base, {}).call(wallet.getPublicCoin, { query: { company: slug } });
        return shown.sealed !== null;
      });
      const { page, faults } = await publicPage(look, slug);
      const { language, width, scheme } = look;
      const answer = language === "de" ? "Ja, jede einzelne Münze." : "Yes, every single coin.";
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      await page.getByRole("heading", { level: 1, name: answer }).waitFor(SLOW);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({
        path: join(folder, `coin-public-${width}-${scheme}-${language}.png`),
        fullPage: true,
      });
      faults.push(...(await faultsOf(page)));
      await page.context().close();
      expect(faults).toEqual([]);
    },
    60_000,
  );

  async function publicPage({ width, scheme }: Look, slug: string) {
    const opened = await openPage(browser, { width, height: width === 360 ? 740 : 900, scheme });
    await opened.page.goto(`${base}/coin/${slug}`);
    return opened;
  }

  it("a company without a coin says so", async () => {
    const { page } = await publicPage({ language: "de", width: 360, scheme: "light" }, "nobody");
    await page.getByRole("heading", { level: 1, name: "Hier gibt es keine Münze" }).waitFor(SLOW);
    await page.context().close();
  }, 60_000);
});
