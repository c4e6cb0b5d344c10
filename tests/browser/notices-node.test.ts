import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as notices from "../../src/skills/notices/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import type { NodeReport } from "../node.ts";
import { ownerOf } from "../outside/desk.ts";
import { newNumber, sentBy, WhatsappLine } from "../outside/whatsapp.ts";
import { sharedNode } from "../shared-node.ts";

/** From a topic at the desk to a phone and back, in browsers on a real node with its simulators. */

const SLOW = { timeout: 15_000 };

describe.skipIf(!chromiumPath())("a notice on a real node", () => {
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let report: NodeReport;
  let base: string;
  const phone = newNumber();
  /** Nobody else on the shared node has this topic. */
  const title = `Hafenfest ${phone.slice(-6)}`;

  beforeAll(async () => {
    builtPages();
    builtDesk();
    ({ report } = await sharedNode());
    base = new URL("/", report.desk).origin;
    // The journey runs at any hour of any day.
    const owner = ownerOf(report);
    const settings = await owner.call(notices.getNoticeSettings);
    await owner.call(notices.saveNoticeSettings, {
      body: { ...settings, quiet: null, isQuietOnHolidays: false },
    });
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
    if (!report.signIn) throw new Error("The demo has no sign-in");
    await signIn(page, base, report.signIn);
  });
  afterAll(() => browser.close());
  const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const received = async () =>
    (await sentBy(report.whatsapp.simulator))
      .filter(({ to }) => to === phone)
      .map(({ body }) => JSON.stringify(body));

  it("makes a topic, which stands in the public catalogue at once", async () => {
    await page.goto(`${base}/desk/notices/topics/new`);
    await page.getByLabel("Titel auf Deutsch").fill(title);
    await press("Thema speichern");
    await page.getByRole("link", { name: title, exact: true }).waitFor(SLOW);
    const door = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Katalog für Kunden" }).click();
    const catalogue = await door;
    await catalogue.getByRole("heading", { name: title }).waitFor(SLOW);
    await catalogue.close();
  });

  it("counts the one who subscribed by WhatsApp, sends, and shows when it is done", async () => {
    const line = new WhatsappLine(report.whatsapp, report.whatsapp.simulator);
    await line.say({ from: phone, text: `Abo ${title}` });
    await expect.poll(async () => (await received()).join(), SLOW).toContain("einverstanden");
    await line.say({ from: phone, text: "Ja" });
    await expect
      .poll(async () => {
        await page.goto(`${base}/desk/notices/topics`);
        return page.getByRole("row").filter({ hasText: title }).textContent();
      }, SLOW)
      .toMatch(/1Schreiben$/);
    await page.getByRole("link", { name: `Hinweis schreiben: ${title}` }).click();
    await page.getByLabel("Titel", { exact: true }).fill("Feuerwerk um zehn");
    await page.getByLabel("Text auf Deutsch").fill(`Das Feuerwerk beginnt um zehn. ${phone}`);
    await press("Entwurf speichern");
    await page.getByText("Eine Person", { exact: true }).waitFor(SLOW);
    await page.getByText("kostenlos im Fenster").waitFor();
    await press("Jetzt senden");
    await page.getByRole("dialog", { name: "Jetzt an eine Person senden?" }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Jetzt senden" }).click();
    await page.getByText("von einer Person erledigt").waitFor(SLOW);
    await expect.poll(async () => (await received()).join(), SLOW).toContain("Das Feuerwerk beginnt um zehn");
    await page.getByText("100 %", { exact: true }).waitFor(SLOW);
  });

  it("shows the person's consent with its wording in the conversation", async () => {
    await page.goto(`${base}/desk/conversations?view=all`);
    await page.locator("[data-row]").filter({ hasText: "Feuerwerk" }).first().click(SLOW);
    await page.getByRole("button", { name: new RegExp(`^Abbestellen: ${title}`) }).waitFor(SLOW);
    await page.getByRole("switch", { checked: true }).first().waitFor();
    expect(faults).toEqual([]);
  });
});
