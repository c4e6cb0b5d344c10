import { createHmac } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { openPage, signInByForm } from "../../src/web/desk/testing/visit.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type NodeReport, startNode } from "../node.ts";
import { sharedNode } from "../shared-node.ts";
import { picture } from "./picture.ts";

/** The agent's way through the whole house: a real node with its demo company and its simulators. */

const SECOND_MS = 1_000;
/** What a loaded test machine may add to the second that the product promises. */
const SLACK_MS = 4_000;

describe.skipIf(!chromiumPath())("agent against a real node", () => {
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let report: NodeReport;
  let base: string;
  let messages = 0;
  /** A customer of this test alone: other tests share the node. */
  const phone = `49170${String(Date.now()).slice(-8)}`;
  const name = `Wiebke Tönnies ${phone.slice(-4)}`;

  beforeAll(async () => {
    builtDesk();
    ({ report } = await sharedNode());
    base = new URL("/", report.desk).origin;
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
  });
  afterAll(() => browser.close());

  /** A signed webhook, as Meta sends it. */
  async function customerWrites(text: string): Promise<void> {
    messages += 1;
    const message = {
      from: phone,
      id: `wamid.desk-${phone}-${messages}`,
      timestamp: String(Math.floor(Date.now() / SECOND_MS)),
      type: "text",
      text: { body: text },
    };
    const value = {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "4940000", phone_number_id: report.whatsapp.phoneNumberId },
      contacts: [{ profile: { name }, wa_id: phone }],
      messages: [message],
    };
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field: "messages", value }] }],
    });
    const signature = createHmac("sha256", report.whatsapp.appSecret).update(body).digest("hex");
    const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
    const answer = await fetch(report.whatsapp.webhook, { method: "POST", headers, body });
    expect(answer.status).toBe(200);
  }

  async function sentTo(recipient: string): Promise<string[]> {
    const all = (await (await fetch(`${report.whatsapp.simulator}/_sent`)).json()) as {
      to: string;
      body: unknown;
    }[];
    return all.filter(({ to }) => to === recipient).map(({ body }) => JSON.stringify(body));
  }

  const row = () => page.locator("[data-row]").filter({ hasText: name });
  const log = () => page.getByRole("log");

  it("opens at the address that the start announces, and signs in", async () => {
    const answer = await page.goto(report.desk);
    expect(answer?.status()).toBe(200);
    if (!report.signIn) throw new Error("The demo has no sign-in");
    await signInByForm(page, base, report.signIn);
    await page.getByRole("heading", { name: "Gespräche" }).waitFor();
  });

  it("shows a new conversation by itself, with the reason of the hand-over", async () => {
    await customerWrites("Ich möchte mit einem Menschen sprechen");
    await row().waitFor({ timeout: SECOND_MS + SLACK_MS });
    await row().click();
    await log().getByText("Übergabe an Menschen").waitFor();
    await log().getByText("Ein Mensch wurde verlangt.").waitFor();
  });

  it("answers through WhatsApp exactly once, with ticks that follow the receipts", async () => {
    await page.getByRole("button", { name: "Übernehmen" }).click();
    const field = page.getByRole("textbox", { name: "Antwort an Kundin oder Kunde" });
    await field.fill("Moin, hier ist ein Mensch.");
    await page.keyboard.press("Enter");
    await log().getByText("Moin, hier ist ein Mensch.").waitFor();
    const mine = log().locator("[id^='m-']").filter({ hasText: "Moin, hier ist ein Mensch." });
    await mine.getByText(/^(zugestellt|gelesen)$/).waitFor({ timeout: SECOND_MS + SLACK_MS });
    const sent = (await sentTo(phone)).filter((body) => body.includes("hier ist ein Mensch"));
    expect(sent).toHaveLength(1);
    expect(await mine.count()).toBe(1);
    const everybody = new URL(page.url());
    everybody.searchParams.set("view", "all");
    await page.goto(everybody.href);
    await log().getByText("Moin, hier ist ein Mensch.").waitFor();
    await page.locator("[data-row]").nth(5).waitFor();
    await picture(page, "desk");
  });

  it("keeps the order and misses nothing when the connection was lost", async () => {
    await page.context().setOffline(true);
    await customerWrites("Erste Nachricht ohne Verbindung");
    await customerWrites("Zweite Nachricht ohne Verbindung");
    await page.waitForTimeout(SECOND_MS);
    await page.context().setOffline(false);
    await log()
      .getByText("Zweite Nachricht ohne Verbindung")
      .waitFor({ timeout: 10 * SECOND_MS });
    const read = async () => (await log().textContent()) ?? "";
    const live = await read();
    expect(live.indexOf("Erste Nachricht")).toBeGreaterThan(0);
    expect(live.indexOf("Erste Nachricht")).toBeLessThan(live.indexOf("Zweite Nachricht"));
    await page.reload();
    await log().getByText("Zweite Nachricht ohne Verbindung").waitFor();
    const loaded = await read();
    expect(loaded.indexOf("Erste Nachricht")).toBeLessThan(loaded.indexOf("Zweite Nachricht"));
  });

  it("keeps a note in the house, assigns, closes and finds it again", async () => {
    await page.keyboard.press("n");
    await page.getByRole("textbox", { name: "Notiz, nur intern" }).fill(`Nur für uns ${phone}`);
    await page.keyboard.press("Enter");
    await log().getByText(`Nur für uns ${phone}`).waitFor();
    expect((await sentTo(phone)).some((body) => body.includes("Nur für uns"))).toBe(false);
    await page.getByRole("button", { name: "Weitergeben" }).click();
    await page.getByRole("menuitemcheckbox").nth(1).click();
    await page
      .getByRole("status")
      .getByText(/Weitergegeben an/)
      .waitFor();
    await log().focus();
    await page.keyboard.press("e");
    await page.getByText("Gespräch erledigt.").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill(phone);
    await page.getByRole("option", { name: /Alle Treffer/ }).click();
    await page
      .getByRole("link", { name: new RegExp(name) })
      .first()
      .waitFor({ timeout: SECOND_MS + SLACK_MS });
  });

  it("shows the demo's knowledge, explains a question, and every room of the house opens", async () => {
    await page.goto(`${base}/desk/knowledge`);
    await page.getByRole("heading", { name: "57 Themen" }).waitFor();
    await page.getByLabel("Frage, wie Kundinnen und Kunden sie stellen").fill("Wo ist meine Bestellung?");
    await page.keyboard.press("Enter");
    await page.getByText("Der Automat würde antworten.").waitFor();
    await page.getByRole("link", { name: "Lieferstatus" }).click();
    expect(await page.getByLabel("Kennung").inputValue()).toBe("delivery_status");
    const rooms = {
      company: "Firma",
      staff: "Team",
      channels: "Kanäle",
      "text-blocks": "Textbausteine",
      "api-keys": "API-Schlüssel",
      me: "Meine Einstellungen",
    };
    for (const [room, title] of Object.entries(rooms)) {
      await page.goto(`${base}/desk/settings/${room}`);
      await page.getByRole("heading", { name: title, level: 1 }).waitFor();
      await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
      expect(await page.getByRole("alert").count()).toBe(0);
      if (room === "channels") await picture(page, "channels");
    }
    for (const place of ["callbacks", "parked", "knowledge/files", "search"]) {
      await page.goto(`${base}/desk/${place}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
      expect(await page.getByRole("alert").count()).toBe(0);
    }
    expect(faults).toEqual([]);
  });
});

describe.skipIf(!chromiumPath())("first owner on an empty node", () => {
  it("founds the company, and goes on signed in by way of the starter packs to where a channel is connected", async () => {
    builtDesk();
    const node = await startNode({ args: ["--no-demo", "--processes", "1"] });
    const browser = await launchChromium();
    const { page, faults } = await openPage(browser);
    await page.goto(node.report.desk);
    await page.getByRole("heading", { name: "Erste Firma anlegen" }).waitFor();
    await page.getByRole("button", { name: "Firma anlegen und anmelden" }).click();
    await page.getByText("Ein Name wird gebraucht.").waitFor();
    await page.getByLabel("Name der Firma").fill("Kontor Nord");
    await page.getByLabel("Ihr Name").fill("Svea Lund");
    await page.getByLabel("E-Mail").fill("svea@kontor-nord.example");
    await page.getByLabel("Passwort").fill("ein langer Satz");
    await picture(page, "install-owner");
    await page.getByRole("button", { name: "Firma anlegen und anmelden" }).click();
    await page.getByRole("heading", { name: "Welche Branche?" }).waitFor();
    await page.getByRole("link", { name: "Ohne Paket weiter" }).click();
    await page.getByRole("heading", { name: "Kanäle" }).waitFor();
    await page.goto(node.report.desk);
    await page.goto(`${node.report.desk.replace(/\/$/, "")}/settings/company`);
    const holidays = page.getByLabel("Gesetzliche Feiertage");
    await holidays.waitFor();
    expect(await holidays.locator("option:checked").textContent()).toBe("bundesweite");
    await page.goto(node.report.desk);
    // Nothing is "answered" where nobody has written: the desk says how it begins.
    await page.getByRole("heading", { name: "Noch hat niemand geschrieben" }).first().waitFor();
    await page.getByRole("link", { name: "Zu den Kanälen" }).first().waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("link", { name: "Zum Wissen" }).first().click();
    await page.getByRole("heading", { name: "Noch weiß das Haus nichts" }).waitFor();
    expect(faults).toEqual([]);
    await browser.close();
    await node.discard();
  });
});
