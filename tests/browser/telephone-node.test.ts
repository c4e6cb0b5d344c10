import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as api from "#kernel/api";
import { ringSipgate } from "../../src/simulator/sipgate.ts";
import * as telephone from "../../src/skills/telephone/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany, query } from "../outside/company.ts";
import { conversationOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { LOOKS } from "./looks.ts";

/** A morning at the telephone: a call is logged, a missed one is taken and answered, a list is brought. */

const SLOW = { timeout: 20_000 };
const OHLSEN = "+494066969101";
const STRANGER = "+494066969102";

describe.skipIf(!chromiumPath())("the telephone on a real node", () => {
  let browser: Browser;
  let node: SharedNode;
  let page: Page;
  let faults: string[];
  let base: string;
  let company: Company;

  beforeAll(async () => {
    builtDesk();
    node = await sharedNode();
    company = await newCompany(node);
    base = new URL("/", node.report.desk).origin;
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
    await enter(page);
  }, 120_000);
  afterAll(() => browser?.close());

  /** Signs in, at the desk of this company. */
  async function enter(at: Page): Promise<void> {
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    await signIn(at, base, node.report.signIn);
    await at.evaluate((tenant) => {
      localStorage.setItem("ah.tenant", tenant);
      sessionStorage.setItem("ah.tenant", tenant);
    }, String(company.id));
  }
  const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click(SLOW);

  it("logs a call from anywhere by keys, changes it and takes it back", async () => {
    await page.goto(`${base}/desk/conversations`);
    await page.locator("main").waitFor(SLOW);
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.getByLabel("Mit wem").fill("040 66969101", SLOW);
    await page.getByLabel("Name zu dieser Nummer").fill("Frau Ohlsen", SLOW);
    await page.getByLabel("Was besprochen wurde").fill("Fragt nach dem Deckel.");
    await page.getByText("ist beantwortet", { exact: true }).click();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Anruf festgehalten.").waitFor(SLOW);
    const { id } = await conversationOf(company.owner, "Frau Ohlsen");
    await page.goto(`${base}/desk/conversations/${id}`);
    const entry = page.locator("article").filter({ hasText: "Anruf von der Kundschaft" });
    await entry.getByText("Fragt nach dem Deckel.").waitFor(SLOW);
    await page.getByText("Schreiben kann man hier nicht.").waitFor(SLOW);
    await entry.getByRole("button", { name: "Ändern" }).click();
    await page.getByLabel("Was besprochen wurde").fill("Deckel ist bestellt.");
    await press("Speichern");
    await entry.getByText("Deckel ist bestellt.").waitFor(SLOW);
    await page.keyboard.press("l");
    await page
      .getByRole("region", { name: "Anruf erfassen" })
      .getByLabel("Was besprochen wurde")
      .fill("Noch einmal.");
    await press("Festhalten");
    const second = page.locator("article").filter({ hasText: "Noch einmal." });
    await second.getByRole("button", { name: "Zurücknehmen" }).click(SLOW);
    await page.getByText("Anruf zurückgenommen").waitFor(SLOW);
    expect(faults).toEqual([]);
  });

  it("shows who called in vain, lets one colleague take it, and ends it with a call", async () => {
    const line = await company.owner.call(telephone.createTelephoneLine, {
      body: { kind: "sipgate", name: "Zentrale" },
    });
    const hook = new URL(line.address ?? "", base).href;
    for (const from of [STRANGER, STRANGER, OHLSEN]) {
      const ringing = await ringSipgate(
        { in: hook, out: hook },
        { from: from.slice(1), to: "49401", direction: "in" },
      );
      await ringing.hangup("noAnswer");
    }
    await page.goto(`${base}/desk/callbacks`);
    const row = page.getByRole("listitem").filter({ hasText: "Unbekannte Nummer" });
    await row.getByText(/\d Anrufe/).waitFor(SLOW);
    expect(await row.getByRole("link", { name: STRANGER }).getAttribute("href")).toBe(`tel:${STRANGER}`);
    await page.getByRole("listitem").filter({ hasText: "Frau Ohlsen" }).waitFor(SLOW);
    await row.getByRole("button", { name: "Ich rufe an" }).click();
    await row.getByText("bei mir").waitFor(SLOW);
    await row.getByRole("button", { name: "Anruf erfassen" }).click();
    await row.getByLabel("Was besprochen wurde").fill("Hatte sich verwählt.");
    await row.getByRole("button", { name: "Festhalten", exact: true }).click();
    await row.waitFor({ state: "detached", ...SLOW });
    expect(faults).toEqual([]);
  });

  it("takes the list of a FRITZ!Box and says what became of it", async () => {
    await page.goto(`${base}/desk/settings/telephone`);
    const text =
      "sep=;\r\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\r\n2;01.01.20 10:00;Müller;04066969103;;1;0:00\r\n2;gestern;;04066969104;;1;0:00\r\n";
    await page.locator("input[type=file]").setInputFiles({
      name: "anrufliste.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(text, "latin1"),
    });
    await page.getByText("Anrufliste einer FRITZ!Box, 2 Zeilen.").waitFor(SLOW);
    await press("Einlesen");
    await page.getByText("Eingelesen: eine Zeile.").waitFor(SLOW);
    await page.getByText("Zeile 4: Datum oder Uhrzeit ist nicht zu lesen").waitFor(SLOW);
    await page.getByText(/unbekannt und älter als 30 Tage/).waitFor(SLOW);
    // One that could not be taken to its end says what stands and what to do.
    await query(node, "update telephone.import set state = 'failed', done = 0 where tenant_id = $1", [
      company.id,
    ]);
    await page.reload();
    await page.getByText(/^Abgebrochen: 0 von 1 Zeilen/).waitFor(SLOW);
    await page.getByRole("button", { name: "Datei wählen", disabled: false }).waitFor(SLOW);
    expect(faults).toEqual([]);
  });

  it("is sound in every look", async () => {
    const { id } = await conversationOf(company.owner, "Frau Ohlsen");
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await company.owner.call(telephone.logCall, {
      body: {
        ...{ clientId: randomUUID(), conversationId: id, direction: "in", outcome: "promised" },
        note: "Rückgabe ohne Karton",
        promise: { promisedAt: at(70), until: at(130) },
      },
    });
    await until(
      "it is promised",
      async () => (await company.owner.call(api.listCallbacks)).items.length === 1,
    );
    const folder = screenshotFolder();
    mkdirSync(folder, { recursive: true });
    const found: string[] = [];
    for (const { language, width, scheme } of LOOKS) {
      const { page: looked } = await openPage(browser, {
        width,
        height: 1400,
        scheme,
        preferences: { language },
      });
      await enter(looked);
      for (const [name, path, seen] of [
        ["calls", "callbacks", "Rückgabe ohne Karton"],
        ["calls-log", "callbacks?log=true", "Rückgabe ohne Karton"],
        ["calls-history", `conversations/${id}`, "Deckel ist bestellt."],
        ["calls-house", "settings/telephone", "Zentrale"],
      ] as const) {
        await looked.goto(`${base}/desk/${path}`);
        await looked.getByText(seen).first().waitFor(SLOW);
        await looked.evaluate(() => document.fonts.ready);
        await looked.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${language}.png`) });
        found.push(...(await faultsOf(looked)).map((fault) => `${name} ${language} ${width}: ${fault}`));
      }
      await looked.context().close();
    }
    expect(found).toEqual([]);
  });
});
