import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";

/** Windows in a shop's form, in Chromium: what the form holds is what was chosen last, and nothing else stays held. */

const KEY = `7-${"a".repeat(32)}`;
const PAGE = `<!doctype html><html lang="de"><body><form action="/order">
  <div data-delivery-widget data-key="${KEY}" data-address="Marktweg 1"></div>
  </form><script src="https://node.example/delivery-widget.js"></script></body></html>`;

interface Asked {
  hold: string;
  insteadOf?: string;
  address: string;
  window: { earliestAt: string };
}

const WINDOWS = [17, 19].map((hour) => ({
  eveningId: 1,
  earliestAt: `2026-11-26T${hour}:00:00.000Z`,
  latestAt: `2026-11-26T${hour + 2}:00:00.000Z`,
  priceMinor: 490,
  currency: "EUR",
  extraSeconds: 1,
}));

describe.skipIf(!chromiumPath())("a checkout in a shop's page", () => {
  let browser: Browser;
  let page: Page;
  const asked: Asked[] = [];
  let isBroken = false;
  let holds_ms = 600_000;
  let answerFirst: () => void = () => {};
  const first = new Promise<void>((done) => {
    answerFirst = done;
  });

  const json = (route: Route, body: unknown) =>
    route.fulfill({ json: body, headers: { "access-control-allow-origin": "https://shop.example" } });
  async function answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    if (url.host === "shop.example") return route.fulfill({ contentType: "text/html", body: PAGE });
    if (url.pathname === "/delivery-widget.js") {
      const body = readFileSync(join(builtPages(), "widget/delivery-widget.js"), "utf8");
      return route.fulfill({ contentType: "text/javascript", body });
    }
    if (request.method() === "OPTIONS")
      return route.fulfill({
        status: 204,
        headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" },
      });
    if (url.pathname.endsWith("/places")) {
      const address = url.searchParams.get("text");
      const items = [{ cityId: 3, address, place: { lat: 53.55, lon: 9.99 } }];
      return json(route, { items, isSure: true, attribution: "" });
    }
    if (url.pathname.endsWith("/windows"))
      return json(route, { cityId: 3, windows: WINDOWS, refusal: null, timeZone: "Europe/Berlin" });
    const body = request.postDataJSON() as Asked;
    asked.push(body);
    if (asked.length === 1) await first;
    if (isBroken) return route.abort();
    // The customer's clock is an hour fast.
    const now = Date.now() - 3_600_000;
    const holdUntil = new Date(now + holds_ms).toISOString();
    return json(route, {
      outcome: "held",
      hold: body.hold,
      holdUntil,
      now: new Date(now).toISOString(),
      instead: null,
    });
  }

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.route("**/*", answer);
    await page.goto("https://shop.example/kasse");
  });
  afterAll(() => browser?.close());

  const field = (name: string) =>
    page.evaluate(
      (of) => document.querySelector<HTMLInputElement>(`input[name="${of}"]`)?.value ?? null,
      name,
    );
  const held = () => field("delivery_hold");
  const choose = (n: number) => page.getByRole("radio").nth(n).check();

  it("gives back what was chosen before, also where its answer comes last", async () => {
    await page.getByRole("radio").first().waitFor();
    await choose(0);
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(1);
    await choose(1);
    answerFirst();
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(2);
    const [one, two] = asked as [Asked, Asked];
    expect([one.insteadOf, two.insteadOf]).toEqual([undefined, one.hold]);
    await expect.poll(held, { timeout: 20_000 }).toBe(two.hold);
    expect(two.window.earliestAt).toContain("T19");
  });

  it("holds nothing for the address of before, once another one is asked for", async () => {
    await page.getByRole("textbox").fill("Hafengasse 9");
    await page.getByRole("textbox").press("Enter");
    await expect.poll(held, { timeout: 20_000 }).toBeNull();
    await expect.poll(() => page.getByRole("radio", { checked: true }).count(), { timeout: 20_000 }).toBe(0);
    await page.getByRole("radio").first().waitFor();
    await choose(0);
    await expect.poll(() => field("delivery_address"), { timeout: 20_000 }).toBe("Hafengasse 9");
    expect(asked[2]).toMatchObject({ insteadOf: asked[1]?.hold, address: "Hafengasse 9" });
    expect(await held()).toBe(asked[2]?.hold);
  });

  it("leaves a window to be chosen again where holding it failed, and where the hold ran out", async () => {
    const chosen = () => page.getByRole("radio", { checked: true }).count();
    isBroken = true;
    await page.getByRole("radio").nth(1).click();
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(4);
    await expect.poll(chosen, { timeout: 20_000 }).toBe(0);
    expect(await held()).toBeNull();
    isBroken = false;
    holds_ms = 1_500;
    await choose(1);
    await expect.poll(held, { timeout: 20_000 }).toBe(asked[4]?.hold);
    expect(asked[4]?.insteadOf).toBe(asked[3]?.hold);
    await expect.poll(held, { timeout: 20_000 }).toBeNull();
    expect(await chosen()).toBe(0);
    expect(await page.getByRole("status").textContent()).toMatch(/abgelaufen/);
    holds_ms = 600_000;
    await choose(1);
    await expect.poll(held, { timeout: 20_000 }).toBe(asked[5]?.hold);
  });
});
