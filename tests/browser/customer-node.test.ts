import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as api from "#kernel/api";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { startForeignSite } from "../../src/web/widget/testing/foreign-site.ts";
import { newCompany } from "../outside/company.ts";
import { originOf, ownerOf, signedIn } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { pageKey } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { chatOnPhone, type PhoneChat } from "./phone.ts";
import { picture } from "./picture.ts";

/** The customer's way through the whole house: a real node with its demo company. */

const SLOW = { timeout: 20_000 };

describe.skipIf(!chromiumPath())("customer and a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let demoPage: string;

  beforeAll(async () => {
    builtPages();
    [browser, node] = await Promise.all([launchChromium(), sharedNode()]);
    base = originOf(node.report);
    demoPage = node.report.page ?? "";
  }, 120_000);
  afterAll(() => browser?.close());

  async function open(address: string, locale: string): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    await page.goto(address);
    return { page, faults };
  }

  /** The firm's last words in the log. */
  const answers = (page: Page) => page.locator(".message.bot .bubble");

  it.each([
    { locale: "de-DE", ask: "Frage stellen", automatic: /Automatisch · Quelle: / },
    { locale: "en-GB", ask: "Ask a question", automatic: /Automatic · Source: / },
  ])("two clicks from the company's page to the answer, $locale", async ({ locale, ask, automatic }) => {
    const { page, faults } = await open(demoPage, locale);
    await page.getByRole("button", { name: ask }).last().waitFor();
    if (locale === "de-DE") {
      await page.getByRole("heading", { name: "Fragen? So geht es ins Gespräch" }).scrollIntoViewIfNeeded();
      await page.getByRole("img", { name: /QR/ }).last().scrollIntoViewIfNeeded();
      await picture(page, "page");
      await page.evaluate(() => window.scrollTo(0, 0));
    }
    await page.getByRole("button", { name: ask }).last().click();
    await page.locator(".question").first().click();
    await page.getByText(automatic).waitFor();
    expect((await answers(page).first().textContent())?.length).toBeGreaterThan(20);
    await page
      .getByRole("log")
      .getByText(locale === "de-DE" ? /zugestellt|gelesen/ : /delivered|read/)
      .waitFor();
    if (locale === "de-DE") await picture(page, "chat");
    expect(await page.context().cookies()).toEqual([]);
    expect(faults).toEqual([]);
    await page.reload();
    await page.getByRole("button", { name: ask }).last().click();
    await page.getByText(automatic).waitFor();
    await page.context().close();
  });

  it("a person takes over, and the line says so", async () => {
    const company = await newCompany(node, "de", "Haushaltswaren Petersen");
    const { slug } = await company.owner.call(api.getCompany);
    const customer = await chatOnPhone(browser, `${base}/c/${slug}`);
    await customer.page.getByRole("button", { name: "Mensch holen" }).first().click();
    await customer.page.locator(".horizon.nobody").waitFor(SLOW);
    await customer.write("Der Deckel meines Bräters ist gesprungen.");
    // The line changes at once; the case stands in the list when the node has worked it off.
    const { id } = await until("the case waits for a person", async () => {
      const { items } = await company.owner.call(api.listConversations, { query: { view: "unassigned" } });
      return items[0];
    });
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    const person = (await signedIn(base, node.report.signIn)).with({ "x-tenant": String(company.id) });
    await person.call(api.takeConversation, { params: { id } });
    await customer.page.locator(".horizon.person").waitFor(SLOW);
    const text = "Moin, das tauschen wir gern. Schicken Sie mir ein Foto davon?";
    await person.call(api.sendMessage, { params: { id }, body: { clientId: randomUUID(), text } });
    await customer.log.getByText(text).waitFor(SLOW);
    await picture(customer.page, "chat-person");
    expect(customer.faults).toEqual([]);
    await customer.close();
  });

  describe("where is my order?", () => {
    let customer: PhoneChat;
    const heard = (words: string | RegExp, times = 1) =>
      expect.poll(() => customer.log.getByText(words).count(), SLOW).toBe(times);

    it("the truth is told after the postcode, and nothing more", async () => {
      customer = await chatOnPhone(browser, demoPage);
      await customer.write("Wo ist meine Bestellung 4711?");
      await heard(/Wie lautet die Postleitzahl zu (HK-)?4711\?/);
      expect(await customer.log.textContent()).not.toContain("Pfanne");
      await customer.write("20095");
      await heard(/Bestellung HK-4711 ist versandt\..*Versand mit DHL\./s);
      await heard(/Gusseiserne Pfanne 28 cm/);
      expect(await customer.log.textContent()).not.toMatch(/Brandt|kaethe|5550101/);
      await picture(customer.page, "order-chat");
      expect(customer.faults).toEqual([]);
      await customer.close();
    });

    it("a wrong postcode and a number that nobody has are answered alike, without a word of the order", async () => {
      customer = await chatOnPhone(browser, demoPage);
      await customer.write("Wo ist meine Bestellung HK-20655?");
      await heard(/Wie lautet die Postleitzahl/);
      await customer.write("10115");
      await heard(/Zu diesen Angaben finde ich nichts\./);
      await customer.write("HK-99999");
      await heard(/Wie lautet die Postleitzahl/, 2);
      await customer.write("20359");
      await heard(/Zu diesen Angaben finde ich nichts\./, 2);
      expect(await customer.log.textContent()).not.toMatch(/zugestellt am|Speiseteller|Petersen/);
      expect(customer.faults).toEqual([]);
      await customer.close();
    });
  });

  it("a picture goes to the company and is shown", async () => {
    const { page, faults } = await open(demoPage, "de-DE");
    await page.getByRole("button", { name: "Frage stellen" }).last().click();
    const pixel = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "Deckel.png", mimeType: "image/png", buffer: pixel });
    await page.getByRole("button", { name: "Nachricht senden" }).click();
    const picture = page.getByRole("log").getByRole("img", { name: /Deckel\.png/ });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("works on a foreign site with the documented policy, and only where the owner allows it", async () => {
    const key = await pageKey(base, new URL(demoPage).pathname.split("/").at(-1) ?? "");
    const site = await startForeignSite({ node: `${base}/`, key, lang: "de" });
    const refused = await open(site.base, "de-DE");
    await refused.page.getByRole("button", { name: "Frage stellen" }).click();
    await refused.page.getByText("Das Gespräch lässt sich nicht öffnen").waitFor();
    await refused.page.context().close();

    const owner = ownerOf(node.report);
    const { items } = await owner.call(api.listChannels);
    const id = items.find(({ kind }) => kind === "web")?.id ?? 0;
    const origins = [new URL(site.base).origin];
    await owner.call(api.updateChannel, { params: { id }, body: { origins } });
    const { page, faults } = await open(site.base, "de-DE");
    await page.getByRole("button", { name: "Frage stellen" }).click();
    await page.locator(".question").first().click();
    await page.getByText(/Automatisch · Quelle: /).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
    await site.close();
  });
});
