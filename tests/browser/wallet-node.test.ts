import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTenant, defaultSettings } from "#kernel";
import { checkProof, readProof } from "../../src/skills/wallet/api/check.ts";
import { readSigned } from "../../src/skills/wallet/api/offer.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";
import { builtWallet } from "./portal-pages.ts";

/** A customer's wallet in Chromium on a real node: opened, paid with, checked, without a net, and on delivery. */

const SLOW = { timeout: 30_000 };

describe.skipIf(!chromiumPath())("the wallet on a node", () => {
  let browser: Browser;
  let stage: WalletStage;
  let shop: Merchant;
  let phone: BrowserContext;
  let page: Page;
  let account: string;
  const faults: string[] = [];
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const pages = builtWallet();
    [browser, stage] = await Promise.all([
      launchChromium(),
      WalletStage.open(Date.parse("2026-11-24T09:00:00Z"), pages),
    ]);
    await stage.beginTown();
    shop = await stage.merchant();
    [phone, page] = await device();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  async function device(): Promise<[BrowserContext, Page]> {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      locale: "de-DE",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    const tab = await context.newPage();
    tab.on("pageerror", (error) => faults.push(error.message));
    return [context, tab];
  }

  const at = (path: string) => stage.base.replace("127.0.0.1", "localhost") + path;
  const here = (link: string) => at(`/wallet${link.slice(link.indexOf("#"))}`);
  const button = (name: string | RegExp, tab = page) => tab.getByRole("button", { name }).first();
  const read = (id: number) => shop.api.call(wallet.getTillRequest, { params: { id } });

  async function visit(address: string, tab = page): Promise<void> {
    await tab.goto("about:blank");
    await tab.goto(address);
  }

  /** @returns the account's id, as the page shows it */
  async function openOn(tab: Page, invitation: string): Promise<string> {
    await visit(at(`/wallet#i=${invitation}`), tab);
    await button("Schlüssel machen und Guthaben öffnen", tab).click(SLOW);
    await tab.getByRole("heading", { level: 1, name: /Ihr Guthaben/ }).waitFor(SLOW);
    await tab.getByText("Ihre Kontonummer", { exact: true }).first().click();
    const place = (await tab.locator(".code-row code").first().textContent(SLOW)) ?? "";
    return place.split(".")[1] ?? "";
  }

  it("opens by an invitation, says that it is play money, and shows what was sold at the counter", async () => {
    const invitation = await stage.invitation();
    await visit(at(`/wallet#i=${invitation}`));
    await page.getByText("Das ist Spielgeld", { exact: false }).waitFor(SLOW);
    account = await openOn(page, invitation);
    await stage.sell(account, 4_120);
    await button("Neu prüfen").click();
    await page.getByText("41,20").first().waitFor(SLOW);
    // The invitation is used up for everybody else.
    const [other, tab] = await device();
    await visit(at(`/wallet#i=${invitation}`), tab);
    await tab.getByText("Diese Einladung ist verbraucht oder vorbei.", { exact: false }).waitFor(SLOW);
    await other.close();
  });

  it("pays what a link in the conversation asks for with one tap, and shows the receipt that the till has", async () => {
    const asked = await stage.ask(shop, 1_090, { title: "Glasknopf „Elbe“" });
    await visit(here(asked.link));
    await page.getByText("Glasknopf „Elbe“").waitFor(SLOW);
    await button(/^10,90 Hafentaler bezahlen$/).click(SLOW);
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    const paid = await read(asked.id);
    expect(paid).toMatchObject({ state: "paid", paidMinor: 1_090 });
    const { receipt } = await stage.stranger.call(wallet.getWalletRequest, {
      query: { key: asked.link.split("#r=")[1] ?? "" },
    });
    const booking = (receipt?.txId ?? "").replace(/.{4}(?=.)/g, "$& ");
    await page.getByText(booking, { exact: true }).waitFor(SLOW);
    await page.getByText("30,30", { exact: false }).first().waitFor(SLOW);
    await button("Zum Guthaben").click();
    await page.getByText("Glasknopf „Elbe“ · Hafenkontor", { exact: false }).waitFor(SLOW);
    await page.getByText("−10,90", { exact: true }).waitFor(SLOW);
  });

  it("checks for itself against what was published, also with a payment since and one set aside; the file holds too", async () => {
    await stage.seal();
    const [later, held] = await Promise.all([
      stage.ask(shop, 100, { title: "Brötchen" }),
      stage.ask(shop, 500, { title: "Kiste", kind: "hold", until: "2026-11-24T20:00:00Z" }),
    ]);
    await visit(here(later.link));
    await button(/^1,00 Hafentaler bezahlen$/).click(SLOW);
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    await visit(here(held.link));
    await page
      .getByText(/kommt er von selbst zurück; spätestens am Dienstag, 24\. November 2026/)
      .waitFor(SLOW);
    await button(/^5,00 Hafentaler zurücklegen$/).click(SLOW);
    await page.getByRole("heading", { name: "Zurückgelegt" }).waitFor(SLOW);
    await shop.api.call(wallet.captureTillRequest, { params: { id: held.id }, body: { amountMinor: 350 } });
    await stage.runner.run(stage.tenantId);
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    await visit(at("/wallet"));
    await page.getByText("25,80").first().waitFor(SLOW);
    await button("Selbst nachprüfen").click();
    await button("Jetzt nachprüfen").click();
    await page.getByRole("heading", { name: "Es stimmt." }).waitFor(SLOW);
    const states = await page.locator(".step h3 .state").allTextContents();
    expect(states.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => "hält"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button("Nachweis als Datei sichern").click(),
    ]);
    const proof = readProof(JSON.parse(readFileSync((await download.path()) ?? "", "utf8")));
    expect(proof).toMatchObject({ account, sum: 30_300_000, total: proof.supply });
    expect((await checkProof(proof)).isGood).toBe(true);
  });

  it("pays at the till without a net: the till hands in what the code says, once, and the page learns of it", async () => {
    const asked = await stage.ask(shop, 250, { title: "Kaffee" });
    await visit(at("/wallet"));
    await page.getByText("25,80").first().waitFor(SLOW);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await phone.setOffline(true);
    await visit(at(`/wallet#p=${asked.offer}`));
    await button(/^2,50 Hafentaler unterschreiben$/).click(SLOW);
    await page.getByRole("img", { name: /unterschriebene Zahlung/ }).waitFor(SLOW);
    await page.screenshot({ path: join(folder, "wallet-node-offline.png"), fullPage: true });
    await page.locator("summary").first().click();
    const text = (await page.locator(".code-row code").first().textContent()) ?? "";
    const bytes = Buffer.from(readSigned(text) ?? []).toString("base64url");
    expect((await read(asked.id)).state).toBe("open");
    const taken = await shop.api.call(wallet.takeSigned, { body: { bytes } });
    expect(taken).toMatchObject({ result: "applied", isKnown: false, request: { state: "paid" } });
    await phone.setOffline(false);
    await visit(at("/wallet"));
    await page.getByText("23,30").first().waitFor(SLOW);
    // The telephone sends its own copy too; nothing is paid twice, and nothing is left unconfirmed.
    await page.getByText("noch nicht bestätigt", { exact: false }).waitFor({ state: "detached", ...SLOW });
    expect((await shop.api.call(wallet.getTill)).items[0]?.balanceMinor).toBe(1_090 + 100 + 350 + 250);
    expect(faults).toEqual([]);
  });

  it("pays another company of the node that takes the coin, and says what is no request", async () => {
    const { kernel } = stage.here;
    const settings = defaultSettings({ timeZone: "Europe/Berlin", language: "de" });
    const { id } = await kernel.db.registry((tx) =>
      createTenant(tx, { name: "Bäckerei Söt", settings }, kernel.clock.now()),
    );
    await kernel.registry.reload();
    const other = await stage.merchant(id, "Bäckerei Söt");
    const asked = await stage.ask(other, 330, { title: "Franzbrötchen" });
    await visit(here(asked.link));
    await page.getByText("Bäckerei Söt").first().waitFor(SLOW);
    await button(/^3,30 Hafentaler bezahlen$/).click(SLOW);
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    await visit(here("#r=1.00000000000000000000000000000000"));
    await page.getByRole("heading", { name: "Diese Anfrage gibt es nicht." }).waitFor(SLOW);
    expect(faults).toEqual([]);
  });

  it("a second device that was named takes the account over, and the lost one can pay no more", async () => {
    await visit(at("/wallet"));
    await button("Wenn dieses Gerät verloren geht").click(SLOW);
    await button("Code für das zweite Gerät zeigen").click(SLOW);
    const link = (await page.locator(".code-row code").first().textContent(SLOW)) ?? "";
    const [second, tablet] = await device();
    const helper = await openOn(tablet, link.split("#i=")[1] ?? "");
    await page.getByLabel("Kontonummer", { exact: true }).fill(`${stage.tenantId}.${helper}`);
    await page.getByLabel("Name", { exact: true }).fill("Tablet");
    await button("Dazunehmen").click();
    await page.getByText("Noch nicht gesichert.").waitFor(SLOW);
    await button("Mit meiner Unterschrift sichern").click();
    await page.getByText("Gesichert. Von jetzt an können diese helfen.").waitFor(SLOW);
    await page.screenshot({ path: join(folder, "wallet-node-helpers.png"), fullPage: true });
    const balance = (await stage.ledgers.account(stage.tenantId, Buffer.from(account, "hex")))?.balance;

    await tablet.reload();
    await button("Wenn dieses Gerät verloren geht", tablet).click(SLOW);
    await button("Ich habe mein Gerät verloren", tablet).click(SLOW);
    await tablet.getByRole("button", { name: account.slice(0, 8) }).click(SLOW);
    await button("Meine Helfenden bitten", tablet).click(SLOW);
    await tablet.getByRole("heading", { name: "Ihre Helfenden sind gefragt" }).waitFor(SLOW);
    await button("Die Ziffern sind gleich: helfen", tablet).waitFor(SLOW);
    const digits = await tablet.locator(".digits").allTextContents();
    expect(digits).toHaveLength(2);
    expect(digits[0]).toBe(digits[1]);
    await tablet.screenshot({ path: join(folder, "wallet-node-lost.png"), fullPage: true });
    await button("Die Ziffern sind gleich: helfen", tablet).click();
    await tablet.getByRole("heading", { level: 1, name: /Ihr Guthaben/ }).waitFor(SLOW);
    const asked = await stage.ask(shop, 120, { title: "Brezel" });
    await visit(here(asked.link), tablet);
    await tablet
      .getByLabel("Welches Guthaben?")
      .selectOption({ label: `Hafentaler · ${account.slice(0, 4)}` });
    await button(/^1,20 Hafentaler bezahlen$/, tablet).click(SLOW);
    await tablet.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    const after = (await stage.ledgers.account(stage.tenantId, Buffer.from(account, "hex")))?.balance;
    expect(after).toBe((balance ?? 0) - 1_200_000);

    await visit(at("/wallet"));
    await page.getByRole("heading", { name: "Auf diesem Gerät ist das Guthaben geschlossen." }).waitFor(SLOW);
    await second.close();
    expect(faults).toEqual([]);
  });

  it("two of three chosen people give a new device the account, after they compared its digits", async () => {
    const friends = await Promise.all([1, 2, 3].map(() => device()));
    const [owner, lost] = await device();
    const lostAccount = await openOn(lost, await stage.invitation());
    await stage.sell(lostAccount, 700);
    await button("Wenn dieses Gerät verloren geht", lost).click(SLOW);
    for (const [n, [, tab]] of friends.entries()) {
      const friend = await openOn(tab, await stage.invitation());
      await lost.getByLabel("Kontonummer", { exact: true }).fill(`${stage.tenantId}.${friend}`);
      await lost.getByLabel("Name", { exact: true }).fill(`Freundin ${n + 1}`);
      await button("Dazunehmen", lost).click();
    }
    await lost.getByLabel("Wie viele müssen zustimmen?").selectOption("2");
    await button("Mit meiner Unterschrift sichern", lost).click();
    await lost.getByText("Gesichert. Von jetzt an können diese helfen.").waitFor(SLOW);
    await owner.close();

    const [fresh, tab] = await device();
    await visit(at("/wallet"), tab);
    await button("Ich habe mein Gerät verloren", tab).click(SLOW);
    await tab.getByLabel("Nummer des verlorenen Kontos").fill("12.zzz");
    await button("Meine Helfenden bitten", tab).click();
    await tab.getByText("Das ist keine Kontonummer.", { exact: false }).waitFor(SLOW);
    await tab.getByLabel("Nummer des verlorenen Kontos").fill(`${stage.tenantId}.${lostAccount}`);
    await button("Meine Helfenden bitten", tab).click();
    await tab.getByText("0 von 2 haben zugestimmt.").waitFor(SLOW);
    const digits = await tab.locator(".digits").textContent();
    for (const [, one] of friends.slice(1)) {
      await visit(at("/wallet"), one);
      expect(await one.locator(".digits").first().textContent(SLOW)).toBe(digits);
      await button("Die Ziffern sind gleich: helfen", one).click(SLOW);
      await one.getByText(/Sie haben unterschrieben|Erledigt\. Das Konto hat/).waitFor(SLOW);
    }
    await tab.getByRole("heading", { level: 1, name: /Ihr Guthaben/ }).waitFor(SLOW);
    await tab.getByText("7,00").first().waitFor(SLOW);
    await Promise.all([fresh, ...friends.map(([context]) => context)].map((context) => context.close()));
    expect(faults).toEqual([]);
  });
});
