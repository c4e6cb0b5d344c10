import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import type { NodeReport } from "../node.ts";
import { sharedNode } from "../shared-node.ts";
import { LOOKS } from "./looks.ts";

/** The advocate's page and the reports, on the demo company of a real node; each look is seen by axe. */

const SLOW = { timeout: 15_000 };

describe.skipIf(!chromiumPath())("the advocate and the reports at the desk", () => {
  let browser: Browser;
  let page: Page;
  let report: NodeReport;
  let base: string;

  beforeAll(async () => {
    builtPages();
    builtDesk();
    ({ report } = await sharedNode());
    base = new URL("/", report.desk).origin;
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    if (!report.signIn) throw new Error("The demo has no sign-in");
    await signIn(page, base, report.signIn);
  }, 120_000);
  afterAll(() => browser.close());

  it("shows what honesty cost and earned, in groups of five and more", async () => {
    await page.goto(`${base}/desk/notices/advocate`);
    const row = page.getByRole("row").filter({ hasText: "Vertragsende" });
    await row.waitFor(SLOW);
    expect(await row.textContent()).toContain("5 gekündigt");
    // Two persons returned their bread bin: nobody learns what single persons did.
    const price = page.getByRole("row").filter({ hasText: "Preissenkung" });
    expect(await price.textContent()).toContain("unter 5 zurückgegeben");
  });

  it("opens a person's facts with the way each came, and the warnings sent and planned", async () => {
    const person = page.getByRole("listitem").filter({ hasText: "Wiebke Brandt" });
    await person.getByRole("button", { name: /Fakten zeigen/ }).click();
    await person.getByText("Lieferpass Plus").waitFor(SLOW);
    expect(await person.textContent()).toMatch(/LP-1004, aus einer CSV-Datei/);
    expect(await person.textContent()).toMatch(/Garantieende: am \d\d\.\d\d\.\d{4}/);
    expect(await person.textContent()).toMatch(/gewarnt am \d\d\.\d\d\.\d{4}, angekommen/);
  });

  it("switches a kind of warning off and on, by keyboard", async () => {
    const appointments = page.getByRole("switch", { name: "Termin" });
    await appointments.focus();
    await page.keyboard.press("Space");
    await expect.poll(() => appointments.getAttribute("aria-checked"), SLOW).toBe("false");
    await page.reload();
    await appointments.waitFor(SLOW);
    expect(await appointments.getAttribute("aria-checked")).toBe("false");
    await appointments.click();
    await expect.poll(() => appointments.getAttribute("aria-checked"), SLOW).toBe("true");
  });

  it("lists reports as one where several told the same, with the team and how each person was told", async () => {
    await page.goto(`${base}/desk/notices/reports`);
    await page.getByRole("link", { name: "Eingang versperrt, Laden Ottensen" }).click();
    await page.getByRole("heading", { name: "Wer es gemeldet hat" }).waitFor(SLOW);
    const main = page.locator("main, body").last();
    expect(await main.textContent()).toContain("3 Personen");
    expect(await main.textContent()).toContain("Feldteam: Haustechnik");
    await expect
      .poll(() => main.textContent(), SLOW)
      .toContain("Erledigt: gesagt, als Antwort auf die Meldung");
  });

  it("subscribes somebody at the desk only with what proves it", async () => {
    await page.goto(`${base}/desk/notices/topics`);
    await page.getByRole("link", { name: "Veranstaltungen im Laden" }).first().click();
    await page.getByRole("button", { name: "Jemanden eintragen" }).click();
    await page.getByLabel("Wer", { exact: true }).fill("Malte");
    await page.getByRole("button", { name: "Malte Voss" }).click();
    await page.getByLabel("Auf welchem Weg").selectOption({ label: "Telegram" });
    await page.getByRole("button", { name: "Eintragen", exact: true }).click();
    await page.getByText(/mindestens zehn Zeichen/).waitFor(SLOW);
    const evidence = "Am 3. März am Telefon: „Ja, schreiben Sie mir, wenn im Laden etwas ist.“";
    await page.getByLabel("Was es beweist").fill(evidence);
    await page.getByRole("button", { name: "Eintragen", exact: true }).click();
    await page.getByText("Eingetragen.").waitFor(SLOW);
    await page.getByRole("button", { name: "Jemanden eintragen" }).waitFor(SLOW);
  });

  it.each(LOOKS)("$language at $width px, $scheme: no faults", async ({ width, scheme, language }) => {
    const { page: own } = await openPage(browser, { width, height: 1800, scheme, preferences: { language } });
    await signIn(own, base, report.signIn as NonNullable<NodeReport["signIn"]>);
    const faults: string[] = [];
    for (const path of ["notices/advocate", "notices/reports", "notices/reports/1"]) {
      await own.goto(`${base}/desk/${path}`);
      await own.locator("main h1").first().waitFor(SLOW);
      await expect.poll(() => own.locator("[data-waiting]").count(), SLOW).toBe(0);
      faults.push(...(await faultsOf(own)).map((fault) => `${path}: ${fault}`));
    }
    await own.close();
    expect(faults).toEqual([]);
  });
});
