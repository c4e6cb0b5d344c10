import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as business from "../../src/skills/business/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { LOOKS, type Look } from "./looks.ts";

/** The maker of screws at the desk: its pages are looked at, and a quotation is written, previewed and sent by keyboard. */

const SLOW = { timeout: 30_000 };
/** What axe has nothing to say about, and what a page must show before it is looked at. */
const DRAFT_LINE = "Unterlegscheibe M8, verzinkt (ISO 7089)";

describe.skipIf(!chromiumPath())("business customers on a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let tenant: string;
  let owner: ApiClient;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = new URL("/", node.report.desk).origin;
    tenant = String(node.report.tenants[1]);
    browser = await launchChromium();
    const page = await begin(LOOKS[0] as Look);
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    owner = new ApiClient(base, { cookie, "x-tenant": tenant, origin: base });
    await page.context().close();
  }, 120_000);
  afterAll(() => browser?.close());

  async function begin({ width, scheme, language }: Look, height = 1500): Promise<Page> {
    const { page } = await openPage(browser, { width, height, scheme, preferences: { language } });
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    await signIn(page, base, node.report.signIn);
    await page.evaluate((id) => {
      localStorage.setItem("ah.tenant", id);
      sessionStorage.setItem("ah.tenant", id);
    }, tenant);
    return page;
  }

  const draftOf = async (): Promise<number> => {
    const { items } = await owner.call(business.listQuotations, { query: { state: "draft" } });
    return items.at(-1)?.id ?? 0;
  };

  it("has a quotation in each state, and an English-speaking customer", async () => {
    const { items } = await owner.call(business.listQuotations, { query: { limit: 100 } });
    const states = new Set(items.map(({ state }) => state));
    for (const state of ["draft", "sent", "accepted", "declined", "withdrawn", "expired"] as const)
      expect(states, state).toContain(state);
    const renewed = await Promise.all(
      items
        .filter(({ version }) => version > 1)
        .map(({ id }) => owner.call(business.getQuotation, { params: { id } })),
    );
    expect(renewed.flatMap(({ versions }) => versions).map(({ state }) => state)).toContain("replaced");
    const found = await owner.call(business.listCompanies, { query: { q: "harbour" } });
    const english = await owner.call(business.getBusinessCompany, {
      params: { id: found.items[0]?.id ?? 0 },
    });
    expect(english).toMatchObject({ language: "en", machines: [{ serial: "GP-4790" }] });
  });

  it.each(LOOKS)(
    "its pages: $language, $width px, $scheme",
    async (look) => {
      const page = await begin(look);
      const { items: companies } = await owner.call(business.listCompanies, {});
      const { items } = await owner.call(business.listQuotations, { query: { state: "accepted" } });
      const places = {
        quotations: "business",
        companies: "business/companies",
        company: `business/companies/${companies.find(({ name }) => name.startsWith("Beck"))?.id}`,
        draft: `business/quotations/${await draftOf()}`,
        ordered: `business/quotations/${items[0]?.id}`,
        letterhead: "business/letterhead",
      };
      const faults: string[] = [];
      for (const [name, place] of Object.entries(places)) {
        await page.goto(`${base}/desk/${place}`);
        await page
          .locator("main h1")
          .first()
          .waitFor({ state: "attached", ...SLOW });
        await page
          .locator("[data-waiting]")
          .first()
          .waitFor({ state: "detached", ...SLOW });
        await page.evaluate(() => document.fonts.ready);
        const { width, scheme, language } = look;
        await page.screenshot({ path: join(folder, `business-${name}-${width}-${scheme}-${language}.png`) });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    180_000,
  );

  it("writes, previews and sends a quotation by keyboard, beside the conversation", async () => {
    const page = await begin({ language: "de", width: 1440, scheme: "light" });
    const { items } = await owner.call(business.listCompanies, { query: { q: "Öztürk" } });
    const { conversations } = await owner.call(business.getBusinessCompany, {
      params: { id: items[0]?.id ?? 0 },
    });
    await page.goto(`${base}/desk/conversations/${conversations[0]?.id}`);
    const panel = page.getByRole("complementary", { name: "Kontakt" });
    await panel.getByRole("link", { name: "Anlagenbau Öztürk KG" }).waitFor(SLOW);
    await page.screenshot({ path: join(folder, "business-panel-1440-light-de.png") });
    await panel.getByRole("button", { name: "Angebot schreiben" }).click();
    await page.getByRole("heading", { name: "Neues Angebot" }).waitFor(SLOW);
    await page.getByLabel("Leistung, Position 1").fill(DRAFT_LINE);
    await page.getByLabel("Menge, Position 1").fill("2.500");
    await page.getByLabel("Preis, Position 1").fill("12,40");
    await page.getByLabel("je, Position 1").selectOption("1000");
    // 2.5 x 12.40 = 31.00, with 19 % 36.89
    await page.getByText("36,89").waitFor(SLOW);
    await page.getByLabel("Preis, Position 1").press("Enter");
    await expect
      .poll(
        () => page.getByLabel("Leistung, Position 2").evaluate((one) => one === document.activeElement),
        SLOW,
      )
      .toBe(true);
    await page.keyboard.type("Versand");
    await page.getByLabel("Preis, Position 2").fill("viel");
    await page.keyboard.press("Control+s");
    await page.getByText("Der Preis ist kein Betrag").waitFor(SLOW);
    await page.getByLabel("Preis, Position 2").fill("6,90");
    await page.keyboard.press("Control+s");
    await page.getByText("Gespeichert.").waitFor(SLOW);
    const [preview] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("button", { name: "PDF ansehen" }).click(),
    ]);
    await preview.waitForURL(/^blob:/, SLOW);
    await preview.close();
    await page.getByRole("button", { name: "Angebot senden" }).click();
    await page.getByRole("heading", { name: /^AN-\d{4}-\d{4}$/ }).waitFor(SLOW);
    await page.getByRole("link", { name: "PDF öffnen" }).waitFor(SLOW);
    await page.getByRole("button", { name: "Zurückziehen" }).click();
    await page.getByLabel("Grund").fill("Nur ein Versuch.");
    await page.getByRole("dialog").getByRole("button", { name: "Zurückziehen" }).click();
    await page.getByText("Grund: Nur ein Versuch.").waitFor(SLOW);
    await page.context().close();
  }, 120_000);
});
