import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { sql } from "kysely";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantConsent, recordDecision } from "#kernel";
import { builtPages, screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, Customer, type PortalNode, startPortalNode } from "../journeys/portal-node.ts";
import { LOOKS } from "./looks.ts";
import { builtPortal } from "./portal-pages.ts";

/** The customer's page in Chromium, on a real node: every state looked at by axe and kept in build/screenshots. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LONG_NAME = "Katrin-Wilhelmine Brandt-Donaudampfschifffahrtsgesellschaftskapitänswitwe";
const SIZES = { 360: { width: 360, height: 740 }, 1440: { width: 1440, height: 900 } } as const;

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ["violations"],
    }),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

describe.skipIf(!chromiumPath())("the customer's page", () => {
  let browser: Browser;
  let node: PortalNode;
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    builtPages();
    const pages = builtPortal();
    [browser, node] = await Promise.all([launchChromium(), startPortalNode({ pages })]);
  });
  afterAll(async () => {
    await browser?.close();
    await node?.close();
  });

  async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `portal-${name}.png`), fullPage: true });
    expect(await violations(page), name).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect([name, overflow]).toEqual([name, 0]);
  }

  async function open(
    key: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; faults: string[]; requests: string[] }> {
    const context = await browser.newContext({ viewport: SIZES[1440], locale: "de-DE", ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const requests: string[] = [];
    // The page compares its own clock with the node's; in this world the node lives on its own day.
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load"))
        faults.push(message.text());
    });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${node.url}/me#${key}`);
    return { page, faults, requests };
  }

  interface Person {
    company: Company;
    customer: Customer;
    contactId: number;
  }

  /** Somebody who allowed two things, about whom one thing was decided, and into whose data two colleagues looked. */
  async function somebody(name: string, language: "de" | "en" = "de"): Promise<Person> {
    const company = await node.company();
    const customer = new Customer(node, company);
    await customer.say(language === "de" ? "Wo ist mein Paket?" : "Where is my parcel?", { name, language });
    const [row] = await node.rows("select contact_id from kernel.conversation where tenant_id = $1", [
      company.id,
    ]);
    const contactId = Number(row?.contact_id);
    const now = node.world.clock.now();
    await node.world.kernel.db.tenant(company.id, async (tx) => {
      const grantOf = (topic: string) => ({
        contactId,
        channelId: company.chat.id,
        purpose: "news.line",
        topic,
        language,
        text: `Ja, schreibt mir zur ${topic}.`,
        how: "message" as const,
        evidence: {},
        expiresAt: null,
      });
      const grants = ["U3 werktags 6 bis 9 Uhr", "Fähre 62"].map(grantOf);
      await grantConsent(tx, { tenantId: company.id, grants, now });
      await recordDecision(tx, {
        tenantId: company.id,
        contactId,
        purpose: "news.line",
        rule: "news.merge/1",
        inputs: { alerts: 2, line: "U3" },
        outcome: "merged",
        explanation: {
          de: "Zwei Meldungen zur U3 kamen als eine, weil sie dasselbe sagten.",
          en: "Two alerts about the U3 came as one, because they said the same.",
        },
        now,
      });
      for (const [id, day] of [
        ["jana", "2026-11-23"],
        ["cem", "2026-11-20"],
      ]) {
        const staffName = id === "jana" ? "Jana Petersen" : "Cem Aydın";
        await sql`insert into kernel.staff (tenant_id, user_id, name, role, created_at)
          values (${company.id}, ${id}, ${staffName}, 'agent', ${new Date(now)})`.execute(tx);
        await sql`insert into kernel.access_log (tenant_id, staff_id, contact_id, day, first_at)
          values (${company.id}, ${id}, ${contactId}, ${day}::date, ${`${day}T16:46:00Z`}::timestamptz)`.execute(
          tx,
        );
      }
    });
    return { company, customer, contactId };
  }

  it.each(LOOKS)("reads well: $language, $width px, $scheme", async ({ language: lang, width, scheme }) => {
    const { customer } = await somebody(LONG_NAME, lang);
    const options = {
      viewport: SIZES[width],
      colorScheme: scheme,
      locale: lang === "de" ? "de-DE" : "en-GB",
      deviceScaleFactor: width === 360 ? 2 : 1,
    } as const;
    const name = (state: string) => `${state}-${lang}-${width}-${scheme}`;
    const key = await customer.ask(lang === "de" ? "Meine Daten" : "my data");
    const { page, faults } = await open(key, options);
    const title = lang === "de" ? "Was wir über Sie wissen" : "What we know about you";
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await look(page, name("1-open"));
    for (const summary of await page.locator("summary").all()) await summary.click();
    await page
      .getByRole("button", { name: lang === "de" ? "Löschen vorbereiten" : "Prepare to erase" })
      .click();
    await page.getByRole("button", { name: lang === "de" ? /Mensch soll/ : /Have a person/ }).click();
    await look(page, name("2-unfolded"));
    expect(faults).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  it("from the chat's menu to the own page: two clicks", async () => {
    const company = await node.company();
    const [row] = await node.rows("select slug from kernel.tenant where id = $1", [company.id]);
    const context = await browser.newContext({ viewport: SIZES[1440], locale: "de-DE" });
    const page = await context.newPage();
    // The worker runs from here on, as on a real node.
    await node.settle();
    await page.goto(`${node.url}/c/${row?.slug}`);
    await page.getByRole("button", { name: "Frage stellen" }).last().click();
    await page.getByRole("textbox").fill("Moin");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("Echo: Moin").waitFor();
    await page.getByRole("button", { name: "Menü" }).click();
    await page.getByRole("button", { name: "Meine Daten und Erlaubnisse" }).click();
    const coming = context.waitForEvent("page");
    await page.getByRole("log").getByRole("link", { name: /\/me$/ }).click();
    const own = await coming;
    await own.getByRole("heading", { name: "Was wir über Sie wissen" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  it("the key leaves the address at once and goes to nobody but the node, as a header", async () => {
    const { customer } = await somebody("Katrin Brandt");
    const key = await customer.ask();
    const { page, requests } = await open(key);
    await page.getByRole("heading", { name: "Ihre Erlaubnisse" }).waitFor();
    expect(page.url()).toBe(`${node.url}/me`);
    expect(
      requests.filter((address) => address.includes(key.slice(0, 20)) && !address.includes("#")),
    ).toEqual([]);
    await page.reload();
    await page.getByRole("heading", { name: "Ihre Erlaubnisse" }).waitFor();
    await page.getByRole("button", { name: "Abmelden" }).click();
    await page.getByRole("heading", { name: "Sie sind abgemeldet" }).waitFor();
    await look(page, "6-left");
    await page.reload();
    await page.getByRole("heading", { name: "Hierher führt ein Link aus dem Gespräch" }).waitFor();
    await page.context().close();
  });

  it("a switch takes a permission back and gives it again, by keyboard alone", async () => {
    const { company, customer } = await somebody("Katrin Brandt");
    const { page } = await open(await customer.ask());
    // Heard, not seen: two switches of one purpose have two names.
    const ferry = page.getByRole("switch", { name: /etwas ausfällt\. Ja, schreibt mir zur Fähre 62\./ });
    await ferry.focus();
    expect(await ferry.getAttribute("aria-checked")).toBe("true");
    await page.keyboard.press("Space");
    await page.getByText("Zurückgenommen. Ab jetzt kommt dazu nichts mehr.").waitFor();
    expect(await ferry.getAttribute("aria-checked")).toBe("false");
    const open62 = () =>
      node.rows(
        "select how from kernel.consent_grant where tenant_id = $1 and topic = 'Fähre 62' and withdrawn_at is null",
        [company.id],
      );
    expect(await open62()).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByText("Erlaubt. Das gilt ab jetzt.").waitFor();
    expect(await open62()).toEqual([{ how: "link" }]);
    await page.getByRole("button", { name: "Alle Erlaubnisse zurücknehmen" }).click();
    await page.getByText("Alle Erlaubnisse sind zurückgenommen.").waitFor();
    expect(await page.getByRole("switch", { checked: true }).count()).toBe(0);
    await page.context().close();
  });

  it("a decision goes to a person, with the words of the customer", async () => {
    const { company, customer } = await somebody("Katrin Brandt");
    const { page } = await open(await customer.ask());
    await page.getByRole("button", { name: "Ein Mensch soll das prüfen" }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.type("Es waren zwei verschiedene.");
    await page.getByRole("button", { name: "Prüfung verlangen" }).click();
    await page.getByText(/Antwort im Gespräch bis 24\.11\.2026/).waitFor();
    const [row] = await node.rows(
      "select state, hand_over ->> 'summary' as summary from kernel.conversation where tenant_id = $1",
      [company.id],
    );
    expect(row?.state).toBe("waiting");
    expect(row?.summary).toContain("Es waren zwei verschiedene.");
    await page.context().close();
  });

  it("saves both files", async () => {
    const { customer } = await somebody("Katrin Brandt");
    const { page } = await open(await customer.ask());
    for (const [button, file, inside] of [
      ["Als JSON herunterladen", "meine-daten.json", '"rooms"'],
      ["Zum Lesen herunterladen", "meine-daten.html", "Was Hansekontor gespeichert hat"],
    ] as const) {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      const download = await coming;
      expect(download.suggestedFilename()).toBe(file);
      expect(readFileSync(await download.path(), "utf8")).toContain(inside);
      if (file.endsWith(".html")) await download.saveAs(join(folder, "portal-file.html"));
    }
    await page.goto(`file://${join(folder, "portal-file.html")}`);
    await page.getByRole("heading", { level: 1, name: "Was Hansekontor gespeichert hat" }).waitFor();
    await look(page, "10-file");
    await page.context().close();
  });

  it("prints without what can only be pressed", async () => {
    const { customer } = await somebody("Katrin Brandt");
    const { page } = await open(await customer.ask());
    await page.getByRole("heading", { name: "Ihre Erlaubnisse" }).waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.getByRole("switch").count()).toBe(2);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.screenshot({ path: join(folder, "portal-11-print.png"), fullPage: true });
    await page.context().close();
  });

  it("erases after the typed word only, and says what stays", async () => {
    const { company, customer } = await somebody("Katrin Brandt");
    const { page, faults } = await open(await customer.ask());
    await page.getByRole("button", { name: "Löschen vorbereiten" }).click();
    const field = page.getByRole("textbox", { name: "Schreiben Sie LÖSCHEN" });
    // The focus goes there by itself; nobody types before it has.
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type("ja");
    await page.keyboard.press("Enter");
    await page.getByText("Es wurde nichts gelöscht.").waitFor();
    await look(page, "3-wrong-word");
    await field.fill("löschen");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ihre Daten sind gelöscht" }).waitFor();
    await look(page, "4-erased");
    expect(await page.getByRole("listitem").count()).toBe(5);
    const rows = await node.rows("select count(*) as n from kernel.message where tenant_id = $1", [
      company.id,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("says so without a network, keeps what it shows, and works again", async () => {
    const { customer } = await somebody("Katrin Brandt");
    const { page } = await open(await customer.ask(), { viewport: SIZES[360] });
    const ferry = page.getByRole("listitem").filter({ hasText: "Fähre 62" }).getByRole("switch");
    await ferry.waitFor();
    await page.context().setOffline(true);
    await page.getByText(/Keine Verbindung\. Sie sehen den Stand/).waitFor();
    await ferry.click();
    await page.getByText(/Es hat sich nichts geändert/).waitFor();
    expect(await ferry.getAttribute("aria-checked")).toBe("true");
    await look(page, "5-offline");
    await page.context().setOffline(false);
    await ferry.click();
    await page.getByText("Zurückgenommen.").first().waitFor();
    await page.context().close();
  });

  it("is full of nothing for somebody who allowed nothing and whom nobody looked up", async () => {
    const company = await node.company({ formOfAddress: "du" });
    const { page } = await open(await new Customer(node, company).ask(), { viewport: SIZES[360] });
    await page.getByRole("heading", { name: "Was wir über dich wissen" }).waitFor();
    await page.getByText("Niemand aus dem Team hat deine Daten geöffnet.").waitFor();
    await page.getByText("nie erteilt").waitFor();
    await look(page, "7-empty-du");
    await page.context().close();
  });

  it("an ended link says how to get a new one", async () => {
    const { customer } = await somebody("Katrin Brandt");
    const first = await customer.ask();
    await customer.ask();
    const { page } = await open(first, { viewport: SIZES[360] });
    await page.getByRole("heading", { name: "Dieser Link ist abgelaufen" }).waitFor();
    await page.getByText("Schreiben Sie „Meine Daten“ in das Gespräch.").waitFor();
    await look(page, "8-ended");
    await page.context().close();
  });

  it("keeps its lines and switches in forced colours, and nothing scrolls sideways at 320 px", async () => {
    const { customer } = await somebody(LONG_NAME);
    const { page } = await open(await customer.ask(), {
      viewport: { width: 320, height: 640 },
      forcedColors: "active",
    });
    await page.getByRole("heading", { name: "Ihre Erlaubnisse" }).waitFor();
    await look(page, "9-forced-colours");
    await page.context().close();
  });
});
