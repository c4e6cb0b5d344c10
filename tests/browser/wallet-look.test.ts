import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { does, EURO, idOf, nextBlock } from "../../src/skills/coin/engine/ledger.fixture.ts";
import { writeOffer } from "../../src/skills/wallet/api/offer.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { hex, TENANT, WalletCore } from "../outside/wallet-core.ts";
import { LOOKS, type Look } from "./looks.ts";
import { builtWallet } from "./portal-pages.ts";
import { standFor } from "./wallet-stand.ts";

/** Every screen of the wallet in Chromium, looked at by axe and kept: with money and without, long names, no net, refusals. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const KB = 1_000;
const SLOW = { timeout: 20_000 };
const INVITATION = `/wallet#i=${TENANT}.${"ab".repeat(16)}`;

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(
      "html",
      { resultTypes: ["violations"] },
    ),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

describe.skipIf(!chromiumPath())("the wallet's page", () => {
  let browser: Browser;
  let core: WalletCore;
  let stand: Awaited<ReturnType<typeof standFor>>;
  const folder = screenshotFolder();
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    core = new WalletCore();
    [browser, stand] = await Promise.all([launchChromium(), standFor(core, builtWallet())]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stand?.close();
  });

  async function device({ language, width, scheme }: Look): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({
      viewport: { width, height: width === 360 ? 740 : 900 },
      colorScheme: scheme,
      locale: language === "de" ? "de-DE" : "en-GB",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    contexts.push(context);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    return { page, faults };
  }

  async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `wallet-${name}.png`), fullPage: true });
    expect(await violations(page), name).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect([name, overflow]).toEqual([name, 0]);
  }

  /** Opens an account on a new device. @returns the account's id */
  async function openWallet(page: Page, language: "de" | "en"): Promise<string> {
    const known = new Set(core.accounts());
    await visit(page, stand.url + INVITATION);
    if (language === "en") await page.getByRole("button", { name: "English" }).click();
    const open =
      language === "de" ? "Schlüssel machen und Guthaben öffnen" : "Make my key and open the wallet";
    await page.getByRole("button", { name: open }).click(SLOW);
    const balance = language === "de" ? /Ihr Guthaben/ : /Your balance/;
    await page.getByRole("heading", { level: 1, name: balance }).waitFor(SLOW);
    const [account = ""] = core.accounts().filter((one) => !known.has(one));
    return account;
  }

  /** As from a message: another fragment alone loads nothing. */
  async function visit(page: Page, address: string): Promise<void> {
    await page.goto("about:blank");
    await page.goto(address);
  }

  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

  it("is small, and can be installed", () => {
    const built = join(builtWallet(), "wallet");
    const zipped = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;
    const scripts = readdirSync(join(built, "assets")).filter((name) => name.endsWith(".js"));
    const size = scripts.reduce((sum, name) => sum + zipped(join(built, "assets", name)), 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(60 * KB);
    expect(zipped(join(built, "sw.js"))).toBeLessThanOrEqual(3 * KB);
    const manifest = JSON.parse(readFileSync(join(built, "wallet.webmanifest"), "utf8"));
    for (const { src } of manifest.icons) expect(readdirSync(built)).toContain(src.replace("/wallet/", ""));
    expect(readFileSync(join(built, "index.html"), "utf8")).not.toMatch(
      /<script(?![^>]*src=)|<style|style="/,
    );
  });

  it.each(LOOKS)("reads well: $language, $width px, $scheme", async (one) => {
    const { language, width, scheme } = one;
    const [t, name] = [language === "de", (what: string) => `${what}-${width}-${scheme}`];
    const { page, faults } = await device(one);
    await page.goto(`${stand.url}/wallet`);
    await page.getByRole("heading", { level: 1 }).waitFor(SLOW);
    await look(page, name("none"));
    await visit(page, stand.url + INVITATION);
    if (!t) await button(page, "English").click();
    await page
      .getByRole("heading", { name: t ? "Was nicht versprochen ist" : "What is not promised" })
      .waitFor();
    await look(page, name("first"));
    const account = await openWallet(page, language);
    await look(page, name("empty"));
    core.sells(account, 41.2);
    const request = core.asks(10.9, { title: "Glasknopf „Elbe“ und Lieferung heute, 19–21 Uhr" });
    await visit(page, `${stand.url}/wallet#r=${TENANT}.${request.key}`);
    if (!t) await button(page, "English").click();
    await button(page, t ? "10,90 Hafentaler bezahlen" : "Pay 10.90 Hafentaler").waitFor(SLOW);
    await look(page, name("request"));
    await button(page, t ? "10,90 Hafentaler bezahlen" : "Pay 10.90 Hafentaler").click();
    await page.getByRole("heading", { name: t ? "Bezahlt, danke" : "Paid, thank you" }).waitFor(SLOW);
    await look(page, name("receipt"));
    await button(page, t ? "Zum Guthaben" : "To my wallet").click();
    await page
      .getByText(t ? "30,30" : "30.30")
      .first()
      .waitFor(SLOW);
    await look(page, name("home"));
    core.seals();
    await button(page, t ? "Selbst nachprüfen" : "Check for myself").click();
    await button(page, t ? "Jetzt nachprüfen" : "Check now").click();
    await page.getByRole("heading", { name: t ? "Es stimmt." : "It is right." }).waitFor(SLOW);
    await look(page, name("check"));
    await button(page, t ? "Zurück" : "Back").click();
    await button(page, t ? "Wenn dieses Gerät verloren geht" : "If this device is lost").click();
    await button(
      page,
      t ? "Code für das zweite Gerät zeigen" : "Show the code for the second device",
    ).click();
    await page.getByRole("img").first().waitFor(SLOW);
    await look(page, name("safety"));
    await button(page, t ? "Zurück" : "Back").click();
    await button(page, t ? "Kaufen" : "Buy").click();
    await look(page, name("buy"));
    expect(faults).toEqual([]);
  });

  it("says in a sentence what stands in the way: too little, frozen, over the day's limit, play money, long names", async () => {
    const { page, faults } = await device({ language: "de", width: 360, scheme: "light" });
    core.names = {
      company: "Werbegemeinschaft Südliche Innenstadt und Schanzenviertel Hamburg e. V.",
      coin: "Schanzenviertelgutschein",
      merchant: "Eisenwarenhandlung Großmann-Niederwöhrmeier & Söhne Nachfolger GmbH & Co. KG",
    };
    core.legal = "play";
    const account = await openWallet(page, "de");
    core.sells(account, 5);
    const request = core.asks(1_234.56, {
      title: "Sonderanfertigung Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterung, lackiert",
    });
    await visit(page, `${stand.url}/wallet#r=${TENANT}.${request.key}`);
    await page.getByText(/Es fehlen 1\.229,56/).waitFor(SLOW);
    await look(page, "short-long-360-light");
    nextBlock(core.all);
    const by = core.all.governors.slice(0, 2);
    const limit = { kind: "limit", role: "customer", holdingMost: 100 * EURO, dayMost: 3 * EURO } as const;
    const four = core.asks(4);
    await visit(page, `${stand.url}/wallet#r=${TENANT}.${four.key}`);
    await button(page, /^4,00.Schanzenviertelgutschein bezahlen$/).waitFor(SLOW);
    // The rule comes while somebody looks: the ledger says no, and the page says it until it was read.
    expect(does(core.all, by, limit)).toBe("applied");
    await button(page, /^4,00.Schanzenviertelgutschein bezahlen$/).click();
    await page.getByRole("heading", { name: "Nicht bezahlt" }).waitFor(SLOW);
    await page.getByText("Ihre Grenze für einen Tag ist erreicht.", { exact: false }).first().waitFor(SLOW);
    await look(page, "refused-long-360-light");
    await button(page, "Verstanden").click();
    await visit(page, `${stand.url}/wallet#r=${TENANT}.${four.key}`);
    await page.getByText(/mehr als Ihre Grenze für einen Tag/).waitFor(SLOW);
    const bytes = new Uint8Array(Buffer.from(account, "hex"));
    const freeze = { kind: "freeze", account: bytes, isFrozen: true, reason: new Uint8Array(32) } as const;
    expect(does(core.all, by, freeze)).toBe("applied");
    await visit(page, `${stand.url}/wallet`);
    await page.getByText(/Dieses Konto ist gesperrt/).waitFor(SLOW);
    await look(page, "frozen-long-360-light");
    await button(page, "Wenn dieses Gerät verloren geht").click();
    await button(page, "Ich habe mein Gerät verloren").click();
    await button(page, "Meine Helfenden bitten").click();
    await page.getByText("Das ist keine Kontonummer.", { exact: false }).waitFor(SLOW);
    await look(page, "lost-360-light");
    nextBlock(core.all);
    does(core.all, by, { ...limit, holdingMost: Number.MAX_SAFE_INTEGER, dayMost: Number.MAX_SAFE_INTEGER });
    core.names = { company: "Hafenmarkt e. V.", coin: "Hafentaler", merchant: "Hansekontor" };
    core.legal = "voucher";
    expect(faults).toEqual([]);
  });

  it("pays at a till without a net: signs, shows the code, says that it is not confirmed, and is paid once", async () => {
    const { page, faults } = await device({ language: "de", width: 360, scheme: "light" });
    const account = await openWallet(page, "de");
    core.sells(account, 20);
    await page.reload();
    await page.getByText("20,00").first().waitFor(SLOW);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const request = core.asks(7.5);
    const offer = writeOffer({
      tenantId: TENANT,
      merchantId: TENANT,
      key: request.key,
      chainId: core.coin().chainId,
      to: hex(core.shop.id),
      amount: request.amount,
      reference: core.referenceOf(request),
      merchant: core.names.merchant,
      hold: null,
    });
    await page.context().setOffline(true);
    await visit(page, `${stand.url}/wallet#p=${offer}`);
    await button(page, "7,50 Hafentaler unterschreiben").waitFor(SLOW);
    await look(page, "offer-360-light");
    await button(page, "7,50 Hafentaler unterschreiben").click();
    await page.getByRole("img", { name: /unterschriebene Zahlung/ }).waitFor(SLOW);
    await look(page, "offline-signed-360-light");
    expect(core.requests.get(request.key)?.state).toBe("open");
    // The till reads the code, and hands it in.
    await page.locator("summary").first().click();
    const text = (await page.locator(".code-row code").first().textContent()) ?? "";
    const signed = Buffer.from(text.replace("AHCOIN1.", ""), "base64url");
    expect(core.submit(new Uint8Array(signed))).toMatchObject({ result: "applied", isKnown: false });
    await page.context().setOffline(false);
    await page.reload();
    await page.getByRole("heading", { name: "Bezahlt, danke" }).waitFor(SLOW);
    await button(page, "Zum Guthaben").click();
    await page.getByText("12,50").first().waitFor(SLOW);
    expect(core.me(account).balance).toBe(12.5 * EURO);
    expect(faults).toEqual([]);
  });

  it("opens without a net as it was, and says so", async () => {
    const { page } = await device({ language: "de", width: 360, scheme: "dark" });
    const account = await openWallet(page, "de");
    core.sells(account, 8);
    await page.reload();
    await page.getByText("8,00").first().waitFor(SLOW);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText(/Keine Verbindung\. Sie sehen den Stand von/).waitFor(SLOW);
    await page.getByText("8,00").first().waitFor(SLOW);
    await look(page, "offline-home-360-dark");
  });

  it("keeps a key that no script can read", async () => {
    const { page } = await device({ language: "de", width: 360, scheme: "light" });
    await openWallet(page, "de");
    const said = await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => {
        const request = indexedDB.open("augenhoehe.wallet");
        request.onsuccess = () => done(request.result);
      });
      const [wallet] = await new Promise<{ key: { pair: CryptoKeyPair } }[]>((done) => {
        const request = db.transaction("wallets").objectStore("wallets").getAll();
        request.onsuccess = () => done(request.result);
      });
      const key = wallet?.key.pair.privateKey as CryptoKey;
      const taken = await crypto.subtle.exportKey("pkcs8", key).then(
        () => "taken",
        () => "refused",
      );
      return { taken, isExtractable: key.extractable };
    });
    expect(said).toEqual({ taken: "refused", isExtractable: false });
  });

  it("a proof that does not hold is said by the step that fails, and can be saved", async () => {
    const { page } = await device({ language: "de", width: 360, scheme: "light" });
    const account = await openWallet(page, "de");
    core.sells(account, 9);
    core.seals();
    const proof = core.proof;
    core.proof = (token) => {
      const given = proof.call(core, token);
      return {
        ...given,
        attested: given.attested.map((one) => ({ ...one, amount: one.amount - 5_000_001 })),
      };
    };
    await page.reload();
    await button(page, "Selbst nachprüfen").click();
    await button(page, "Jetzt nachprüfen").click();
    await page.getByRole("heading", { name: "Es stimmt nicht." }).waitFor(SLOW);
    await page.getByText("Nicht jede Münze wäre gedeckt.", { exact: false }).waitFor();
    await look(page, "check-bad-360-light");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button(page, "Nachweis als Datei sichern").click(),
    ]);
    expect(download.suggestedFilename()).toBe("proof.json");
    const saved = JSON.parse(readFileSync((await download.path()) ?? "", "utf8"));
    expect(saved).toMatchObject({ format: "augenhoehe coin proof 1", account });
    core.proof = proof;
  });

  it("counts a proof of 262,144 accounts in at most 50 ms in a browser slowed four times", async () => {
    const { page } = await device({ language: "de", width: 360, scheme: "light" });
    const account = await openWallet(page, "de");
    core.sells(account, 6);
    const { accounts } = core.all.state;
    const key = new Uint8Array(33).fill(2);
    for (let n = accounts.size; n < 262_144; n++)
      accounts.open(idOf(2_000_000 + n), { role: "customer", scheme: "p256", key, secret: idOf(n) });
    core.seals();
    await page.reload();
    await button(page, "Selbst nachprüfen").click();
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const took: number[] = [];
    for (let n = 0; n < 5; n++) {
      await button(page, "Jetzt nachprüfen").click();
      await page.getByRole("heading", { name: "Es stimmt." }).waitFor(SLOW);
      const said = (await page.getByText(/Gerechnet in \d+ ms/).textContent()) ?? "";
      took.push(Number(/\d+/.exec(said)?.[0]));
    }
    expect(core.proof(account).path).toHaveLength(18);
    expect(Math.min(...took)).toBeGreaterThan(0);
    expect(Math.max(...took)).toBeLessThanOrEqual(50);
  });
});
