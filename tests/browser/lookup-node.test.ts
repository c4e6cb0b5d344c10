import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWoocommerce } from "../../src/simulator/woocommerce.ts";
import * as lookup from "../../src/skills/lookup/api.ts";
import * as service from "../../src/skills/service/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { conversationOf, originOf } from "../outside/desk.ts";
import { newNumber, type WhatsappLine } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS } from "./looks.ts";
import { picture } from "./picture.ts";

/** The owner connects a shop and reads what is wrong with it; a colleague sees what a customer has proved. */

const SLOW = { timeout: 20_000 };
const FLOW = `flow where_is_it
  title
    de: Bestellstatus
    en: Order status
  start
    de: Wo ist meine Bestellung?
    en: Where is my order?

step begin
  start flow lookup_order
`;

describe.skipIf(!chromiumPath())("shops and registers on a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let page: Page;
  let faults: string[];
  let base: string;
  let company: Company;
  let line: WhatsappLine;
  let shop: Awaited<ReturnType<typeof startWoocommerce>>;
  let close: () => Promise<void>;
  const phone = newNumber();

  beforeAll(async () => {
    builtDesk();
    node = await sharedNode();
    company = await newCompany(node, "de", "Haushaltswaren Brandt");
    ({ line, close } = await connectWhatsapp(node, company));
    shop = await startWoocommerce({
      keys: { consumerKey: "ck_1", consumerSecret: "cs_1" },
      orders: [
        { number: "HK-4711", state: "sent", phone: `+${phone}`, carrier: "DHL", trackingCode: "0034" },
      ],
    });
    const { id } = await company.owner.call(service.createFlow, { body: { text: FLOW } });
    await company.owner.call(service.publishFlow, { params: { id }, body: { revision: 1 } });
    base = originOf(node.report);
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
    await enterDesk(page, node, company.id);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await close?.();
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click(SLOW);

  it("connects a shop, says that its key is wrong, and that it answers with the right one", async () => {
    await page.goto(`${base}/desk/settings/registers`);
    await page
      .getByRole("heading", { name: "Noch weiß hier niemand, wo eine Bestellung ist." })
      .waitFor(SLOW);
    await press("WooCommerce");
    await press("Speichern");
    await page.getByText("Eine Adresse beginnt mit https:// und nennt einen Server.").waitFor(SLOW);
    await page.getByLabel("Adresse").fill(shop.url);
    await page.getByLabel("Consumer Key").fill("ck_1");
    await page.getByLabel("Consumer Secret").fill("falsch");
    await page.getByLabel("So beginnen die Nummern").fill("HK-");
    await press("Speichern");
    await page.getByText("Gab zuletzt keine Auskunft").waitFor(SLOW);
    await page.getByText(/Der Schlüssel ist falsch oder wurde zurückgezogen\./).waitFor(SLOW);
    await picture(page, "order-fault");
    await press("Ändern");
    // No key comes back to the page.
    expect(await page.getByLabel("Consumer Secret").inputValue()).toBe("");
    await page.getByLabel("Consumer Key").fill("ck_1");
    await page.getByLabel("Consumer Secret").fill("cs_1");
    await press("Speichern");
    await page.getByText("Gibt Auskunft", { exact: true }).waitFor(SLOW);
    await picture(page, "order-connect");
    const { items } = await company.owner.call(lookup.listLookupConnections, {});
    expect(items).toMatchObject([{ kind: "woocommerce", prefix: "HK-", state: "ok", hasKeys: true }]);
    expect(JSON.stringify(items)).not.toMatch(/ck_1|cs_1/);
    expect(faults).toEqual([]);
  });

  it("shows a colleague what the customer has proved", async () => {
    for (const [n, text] of ["Wo ist meine Bestellung?", "HK-4711"].entries()) {
      await line.say({ from: phone, name: "Käthe Brandt", text });
      await line.answers(phone, n + 1);
    }
    await line.answers(phone, 3);
    const { id } = await conversationOf(company.owner, "Käthe Brandt");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${base}/desk/conversations/${id}`);
    await page.getByRole("heading", { name: "Bewiesen und genannt" }).waitFor(SLOW);
    await page.getByText("Bestellung HK-4711", { exact: true }).waitFor(SLOW);
    await page.getByText(/WooCommerce, bewiesen durch den Kanal/).waitFor(SLOW);
    expect(await page.getByRole("link", { name: "Sendung verfolgen" }).getAttribute("href")).toBe(
      "https://track.example/0034",
    );
    await picture(page, "order-desk");
    expect(faults).toEqual([]);
  });

  it("is sound in every look", async () => {
    const folder = screenshotFolder();
    mkdirSync(folder, { recursive: true });
    const found: string[] = [];
    for (const { language, width, scheme } of LOOKS) {
      const { page: looked } = await openPage(browser, {
        width,
        height: 1500,
        scheme,
        preferences: { language },
      });
      await enterDesk(looked, node, company.id);
      await looked.goto(`${base}/desk/settings/registers`);
      await looked.getByRole("heading", { name: "WooCommerce", exact: true }).waitFor(SLOW);
      await looked
        .getByRole("button", { name: language === "de" ? "Eigener Dienst" : "Own service" })
        .click();
      await looked.evaluate(() => document.fonts.ready);
      await looked.screenshot({ path: join(folder, `registers-${width}-${scheme}-${language}.png`) });
      found.push(...(await faultsOf(looked)).map((fault) => `${language} ${width}: ${fault}`));
      await looked.context().close();
    }
    expect(found).toEqual([]);
  });
});
