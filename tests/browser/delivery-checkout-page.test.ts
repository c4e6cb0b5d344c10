import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCheckout } from "../../src/skills/delivery/api.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { builtPages, screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { addressOf, startServer } from "../../src/web/widget/testing/fake-node.ts";
import { originOf, ownerOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A shop's checkout, in a page of its own: certain windows for an address, two days at first, and the chosen one is held. */

const SLOW = { timeout: 30_000 };
const WORDS = {
  de: { show: "Fenster zeigen", more: "Weitere Tage", held: /^Reserviert bis \d?\d:\d\d Uhr: / },
  en: { show: "Show windows", more: "More days", held: /^Reserved until \d\d:\d\d: / },
} as const;
type Language = keyof typeof WORDS;

describe.skipIf(!chromiumPath())("a shop's checkout", () => {
  let browser: Browser;
  let node: SharedNode;
  let shop: Awaited<ReturnType<typeof startServer>>;
  let key = "";
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtPages();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    const base = originOf(node.report);
    shop = await startServer((request, response) => {
      const lang = request.url === "/en" ? "en" : "de";
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>Checkout</title>
        <body style="font:16px/1.5 serif;margin:16px"><main><h1>Checkout</h1><form action="/order" method="post">
        <div data-delivery-widget data-key="${key}" data-parcels="1"></div><p><button>Order</button></p></form></main>
        <script src="${base}/delivery-widget.js" async></script></body></html>`);
    });
    const origin = new URL(addressOf(shop)).origin;
    const made = await ownerOf(node.report).call(createCheckout, {
      body: { name: "Checkout", origins: [origin] },
    });
    key = made.key;
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    shop?.closeAllConnections();
    shop?.close();
  });

  it.each<[Language, 360 | 1440]>([
    ["de", 360],
    ["en", 1440],
  ])(
    "%s, %i px",
    async (language, width) => {
      const words = WORDS[language];
      const page = await browser.newPage({ viewport: { width, height: 740 } });
      await page.goto(`${addressOf(shop)}${language}`);
      // Typed as people type it; the house is found all the same.
      await page.getByRole("textbox").fill("Schanzenstrase 20, 20357");
      await page.getByRole("button", { name: words.show }).click(SLOW);
      await page.getByRole("radio").first().waitFor(SLOW);
      const few = await days(page);
      expect(few).toHaveLength(2);
      await page.getByRole("button", { name: words.more }).click();
      expect((await days(page)).length).toBeGreaterThan(2);
      const hours = await page.getByRole("radio").first().getAttribute("aria-label");
      expect(hours).toMatch(/\d\d:00–\d\d:00/);
      expect(hours).not.toMatch(/[AP]M/);
      await page.getByRole("radio").nth(1).click();
      await page.getByText(words.held).waitFor(SLOW);
      expect(await page.getByText(words.held).isVisible()).toBe(true);
      const held = page.locator('input[type=hidden][name="delivery_hold"]');
      expect(await held.inputValue()).toMatch(/^[\da-f-]{36}$/);
      const address = page.locator('input[type=hidden][name="delivery_address"]');
      expect(await address.inputValue()).toBe("Schanzenstraße 20, 20357 Hamburg");
      await page.screenshot({
        path: join(folder, `delivery-checkout-${language}-${width}.png`),
        fullPage: true,
      });
      expect(await faultsOf(page)).toEqual([]);
      await page.close();
    },
    120_000,
  );
});

const days = (page: Page): Promise<string[]> => page.locator("p.day").allInnerTexts();
