import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as api from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { firstDay } from "../outside/german-stream.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine } from "../outside/whatsapp.ts";
import { sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { picture } from "./picture.ts";

/** The owner sees what the automatic answers can do, and they learn from a click, in a browser on a real node. */

const SLOW = { timeout: 60_000 };
const QUESTION = "der bon ist mir ins wasser gefallen";

describe.skipIf(!chromiumPath())("knowledge on a real node", () => {
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let base: string;
  let company: Company;
  let line: WhatsappLine;
  let close: () => Promise<void>;

  beforeAll(async () => {
    builtDesk();
    const node = await sharedNode();
    company = await newCompany(node, "de", "Haushaltswaren Möhring");
    ({ line, close } = await connectWhatsapp(node, company));
    await company.owner.call(service.importKnowledge, { body: { language: "de", ...firstDay() } });
    base = originOf(node.report);
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
    await enterDesk(page, node, company.id);
    await until("the first day's knowledge is live", async () => (await versions()).length > 0, 30_000);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await close?.();
  });

  const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click(SLOW);
  const versions = async () => (await company.owner.call(service.listVersions)).items;
  const live = async () => (await versions()).find(({ isLive }) => isLive)?.id;

  it("shows what can be expected with its range, and explains a question", async () => {
    await page.goto(`${base}/desk/knowledge/health`);
    await page.getByRole("heading", { name: "Bei höchstens 3 Fehlern auf 100 Antworten" }).waitFor(SLOW);
    const chart = page.getByRole("img", {
      name: /^Von 100 Fragen: \d+ beantwortet, \d+ mit Auswahl, \d+ an Menschen\.$/,
    });
    const parts = [...((await chart.getAttribute("aria-label")) ?? "").matchAll(/\d+/g)].map(([part]) =>
      Number(part),
    );
    expect(Math.abs(parts.slice(1).reduce((sum, part) => sum + part, 0) - 100)).toBeLessThanOrEqual(1);
    await page.getByText(/Beispiele, reihum zurückgehalten/).waitFor();
    await page
      .getByRole("img", { name: /^Bei höchstens 3,0 % Fehlern werden \d+ % allein beantwortet\.$/ })
      .waitFor();
    await page.getByText(/kam 72 Stunden lang nicht auf das Thema zurück/).waitFor();
    await page.getByRole("link", { name: "Messer schleifen" }).waitFor();
    await picture(page, "health");
    await page.getByLabel("Fehlergrenze").focus();
    await page.keyboard.press("ArrowLeft");
    await press("Grenze setzen");
    await expect
      .poll(async () => (await company.owner.call(service.knowledgeLimits)).maxWrong, SLOW)
      .toBe(0.025);

    await page.getByRole("link", { name: "Themen", exact: true }).click();
    await page
      .getByLabel("Frage, wie Kundinnen und Kunden sie stellen")
      .fill("Schickt mir die Rechnung noch mal");
    await press("Ausprobieren");
    await page.getByText("Der Automat würde antworten.").waitFor(SLOW);
    await page.getByRole("region", { name: "Wörter dafür" }).getByText("rechnung", { exact: true }).waitFor();
    await page.getByText("schickt mir die rechnung noch mal", { exact: true }).waitFor();
    await page.getByRole("list").getByRole("button", { name: "Rechnung bekommen" }).waitFor();
    expect(faults).toEqual([]);
  });

  it("learns from one click of a colleague, after a comparison, and is rolled back", async () => {
    const from = newNumber();
    await line.say({ from, name: "Nele Anders", text: QUESTION });
    await line.answers(from, 1);
    const open = async () =>
      (await company.owner.call(api.listConversations, { query: { view: "open" } })).items[0];
    // Where choices were offered, the customer wants a person instead.
    if (!(await open())) await line.say({ from, name: "Nele Anders", text: "Mit Mensch sprechen" });
    const waiting = await until("the case waits for a person", open);
    await page.goto(`${base}/desk/conversations/${waiting.id}`);
    await page.getByRole("region", { name: "Vorschlag aus dem Wissen" }).waitFor(SLOW);
    const field = page.getByLabel("Antwort schreiben").or(page.locator("textarea")).first();
    await field.fill("Rechnung liegt im Konto");
    await page.getByRole("button", { name: "Einfügen: Rechnung bekommen" }).waitFor(SLOW);
    // What somebody has begun to write stays: Tab leaves the field, the button puts the words below.
    await field.focus();
    await page.keyboard.press("Tab");
    expect(await field.inputValue()).toBe("Rechnung liegt im Konto");
    await press("Einfügen: Rechnung bekommen");
    await expect
      .poll(() => field.inputValue())
      .toMatch(/^Rechnung liegt im Konto\n\n.*Die Rechnung liegt im Konto unter Bestellungen\./);
    await field.press("Enter");
    const lesson = page.getByRole("region", { name: "Worum ging es?" });
    await lesson.getByText(QUESTION).waitFor(SLOW);
    await picture(page, "learn");
    await lesson.getByRole("combobox").selectOption({ label: "Keines unserer Themen" });
    await lesson.getByText("Vorgemerkt als keines unserer Themen").waitFor(SLOW);
    await lesson.getByRole("button", { name: "Ändern" }).click();
    await lesson.getByRole("combobox").selectOption({ label: "Rechnung bekommen" });
    await lesson.getByText("Vorgemerkt als „Rechnung bekommen“").waitFor(SLOW);

    await page.goto(`${base}/desk/knowledge/versions`);
    await page.getByRole("switch", { name: "Änderungen gehen von selbst live" }).click(SLOW);
    await page.getByText("wartet auf den Vergleich").waitFor(SLOW);
    const before = await live();
    // The limit set above is learnt first: a training that still waits for its turn would learn the click along with it.
    await until(
      "nothing else is learnt",
      async () => (await company.owner.call(service.trainingState)).state === "live",
      60_000,
    );
    await page.getByRole("link", { name: "Lernen", exact: true }).click();
    await page.getByText("gehört zu „Rechnung bekommen“").waitFor(SLOW);
    await press("Diesen annehmen");
    await page
      .getByRole("status")
      .filter({ hasText: /^Ein angenommenes Beispiel\. Gelernt wird: .+\.$/ })
      .waitFor(SLOW);
    await press("Jetzt lernen");
    const draft = await until(
      "a version waits",
      async () => {
        const [newest] = await versions();
        return newest && !newest.isLive && newest.reason === "night" && newest.id;
      },
      60_000,
    );

    await page.getByRole("link", { name: "Fassungen", exact: true }).click();
    await press(`Fassung ${draft} mit der jetzigen vergleichen`);
    await page.getByRole("link", { name: QUESTION }).waitFor(SLOW);
    await press(`Fassung ${draft} live schalten`);
    await page.getByText(`Fassung ${draft} antwortet.`).waitFor(SLOW);
    expect(await live()).toBe(draft);
    await press(`Zu Fassung ${before} zurückrollen`);
    await page.getByText(`Fassung ${before} antwortet wieder.`, { exact: false }).waitFor(SLOW);
    expect(await live()).toBe(before);
    expect(faults).toEqual([]);
  });
});
