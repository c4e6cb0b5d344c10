import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile, type FileStatement } from "../../src/skills/pay/fixtures/camt-file.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { Association } from "../outside/association.ts";
import { until } from "../outside/until.ts";
import { sharedNode } from "../shared-node.ts";
import { builtPay, builtWallet } from "./portal-pages.ts";

/** A voucher coin of a town on the whole node: a customer opens a wallet, buys with euro, pays, and looks at what is published. */

const SLOW = { timeout: 30_000 };
const RESERVE = "DE02120300000000202051";
const ACCOUNT = "DE89370400440532013000";
const TODAY = new Date().toISOString().slice(0, 10);

describe.skipIf(!chromiumPath())("a town's coin", () => {
  let browser: Browser;
  let town: Association;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    builtPay();
    builtWallet();
    const [started, node] = await Promise.all([launchChromium(), sharedNode()]);
    browser = started;
    town = await Association.open(node);
    await begin();
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "de-DE" });
    page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
  }, 240_000);
  afterAll(() => browser?.close());

  async function begin(): Promise<void> {
    await town.save();
    const governors = [await town.join("governors", "Anna"), await town.join("governors", "Bo")];
    const dora = await town.join("attestors", "Dora");
    const { revision } = await town.owner.call(wallet.getCoin);
    await town.owner.call(wallet.beginCoin, { body: { revision } });
    const { missing: _missing, gaps: _gaps, ...kept } = await town.owner.call(pay.getPaySettings);
    await town.owner.call(pay.savePaySettings, {
      body: { ...kept, holder: "Hafenmarkt e. V.", iban: ACCOUNT, otherAccounts: [RESERVE] },
    });
    await bring({ id: "R1", iban: RESERVE, opening: "1000.00", closing: "1000.00", day: TODAY, entries: [] });
    const { found } = await town.owner.call(wallet.prefillAttestation);
    if (!found) throw new Error("The statement is not there.");
    const { amountMinor, statedAt, statement } = found;
    await town.decide({ kind: "attest", asset: "EUR", amountMinor, statedAt, statement }, [dora]);
    await town.decide({ kind: "mint", amountMinor: 60_000 }, governors);
    const { invitation } = await town.owner.call(wallet.inviteMerchant, { body: { name: "Fischhaus" } });
    const body = { invitation: String(invitation), redeemHolder: "Fischhaus GmbH", redeemIban: ACCOUNT };
    await town.owner.call(wallet.acceptMembership, { body });
    await until("the till is open", async () => {
      const [one] = (await town.owner.call(wallet.getTill)).items;
      return one?.state === "open";
    });
  }

  async function bring(statement: FileStatement): Promise<void> {
    const content = Buffer.from(camtFile(statement), "utf8").toString("base64");
    const report = await town.owner.call(pay.importStatements, { body: { name: "auszug.xml", content } });
    expect(report.refused).toEqual([]);
  }

  const button = (name: string | RegExp) => page.getByRole("button", { name }).first();
  async function visit(address: string): Promise<void> {
    await page.goto("about:blank");
    await page.goto(address.replace("127.0.0.1", "localhost"));
  }

  it("opens a wallet from the counter's code, and buys by a transfer that the bank's file shows", async () => {
    const { link } = await town.owner.call(wallet.inviteCustomer, { body: { label: "Schalter" } });
    await visit(link);
    await page.getByText("Was nicht versprochen ist").waitFor(SLOW);
    await page.getByText("Keine Zinsen, keine Auszahlung an Kunden", { exact: false }).waitFor(SLOW);
    await button("Schlüssel machen und Guthaben öffnen").click(SLOW);
    await button("Kaufen").click(SLOW);
    await page.getByLabel("Wie viele Euro?").fill("0,50");
    await button("Kaufen").click();
    await page.getByText("Ein Betrag ab 1 Euro", { exact: false }).waitFor(SLOW);
    await page.getByLabel("Wie viele Euro?").fill("25");
    await button("25,00\u00a0€ bezahlen").click();
    await page.getByRole("heading", { level: 1, name: /^25,00/ }).waitFor(SLOW);
    const stranger = town.stranger.with({ authorization: `Pay ${page.url().split("#")[1]}` });
    const { reference } = await stranger.call(pay.getPayPage);
    const entry = { amount: "25.00", name: "Anna Krug", reference, bankReference: "E1" };
    await bring({ id: "K1", iban: ACCOUNT, opening: "0.00", closing: "25.00", day: TODAY, entries: [entry] });
    await visit(link.replace(/#.*$/, ""));
    await page.getByText("25,00").first().waitFor(SLOW);
    await page.getByText("Gekauft", { exact: false }).first().waitFor(SLOW);
  });

  it("pays a request with one tap, and is told that the next publication contains the account", async () => {
    const asked = await town.owner.call(wallet.createTillRequest, {
      body: { key: "r1", amountMinor: 1_050, title: "Matjes" },
    });
    await visit(asked.link);
    await button(/^10,50 Hafentaler bezahlen$/).click(SLOW);
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    const paid = await town.owner.call(wallet.getTillRequest, { params: { id: asked.id } });
    expect(paid).toMatchObject({ state: "paid", paidMinor: 1_050 });
    await button("Selbst nachprüfen").click();
    await button("Jetzt nachprüfen").click();
    await page
      .getByText("Noch ist nichts veröffentlicht, worin dieses Konto steht.", { exact: false })
      .or(page.getByRole("heading", { name: "Es stimmt." }))
      .waitFor(SLOW);
    expect(faults).toEqual([]);
  });
});
