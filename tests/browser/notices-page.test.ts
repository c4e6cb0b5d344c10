import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { builtPages, screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type FakeNode, startFakeNode } from "../../src/web/widget/testing/fake-node.ts";
import { LOOKS } from "./looks.ts";

/** A company's catalogue of topics, as a stranger meets it. */

const PAGE = "c/hansekontor/topics";

describe.skipIf(!chromiumPath())("the public catalogue of topics", () => {
  let browser: Browser;
  let node: FakeNode;
  const faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(screenshotFolder(), { recursive: true });
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    faults.length = 0;
    node = await startFakeNode(builtPages());
  });
  afterEach(async () => {
    await node.close();
    expect(faults).toEqual([]);
  });

  async function open(path: string, look: Partial<(typeof LOOKS)[number]> = {}): Promise<Page> {
    const { width = 1440, scheme = "light", language = "de" } = look;
    const context = await browser.newContext({
      viewport: { width, height: width === 360 ? 1900 : 1500 },
      colorScheme: scheme,
      locale: language === "de" ? "de-DE" : "en-GB",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${node.base}${path}`);
    return page;
  }
  const card = (page: Page) => page.getByRole("article", { name: "Störungen im Netz" });

  it("shows each topic with its ways, honest about advertising; codes stand in both themes", async () => {
    const page = await open(PAGE);
    await page.getByRole("heading", { name: "Hinweise von Hansekontor" }).waitFor();
    await card(page).getByRole("img", { name: "QR-Code: bestellt in WhatsApp" }).waitFor();
    const news = page.getByRole("article", { name: /^Neues aus/ });
    expect(await news.getByText("Werbung", { exact: true }).count()).toBe(1);
    expect(await news.getByText("In Telegram bestellen").count()).toBe(0);
    await page.context().close();
  });

  it("puts what was chosen into links, words and code", async () => {
    const page = await open(PAGE);
    const way = card(page).getByRole("link", { name: "In WhatsApp bestellen" });
    const before = await card(page).getByRole("img").first().innerHTML();
    await card(page).getByLabel("Linie").selectOption("U3");
    await card(page).getByLabel("Wann").selectOption("werktags");
    await card(page).getByText("Abo Störungen U3 12345 06:00-09:00").waitFor();
    expect(await way.getAttribute("href")).toBe(
      `https://wa.me/494066969148?text=${encodeURIComponent("Abo Störungen U3 12345 06:00-09:00")}`,
    );
    expect(await card(page).getByRole("img").first().innerHTML()).not.toBe(before);
    await page.context().close();
  });

  it("opens the chat in the browser with the words drafted, and sends nothing by itself", async () => {
    const page = await open(PAGE);
    await card(page).getByLabel("Linie").selectOption("U1");
    await card(page).getByText("Abo Störungen U1").waitFor();
    await card(page).getByRole("link", { name: "Hier im Browser bestellen" }).click();
    const field = page.getByRole("textbox", { name: "Nachricht" });
    await field.waitFor();
    expect(await field.inputValue()).toBe("Abo Störungen U1");
    expect(node.requests.filter((one) => one === "POST /messages")).toEqual([]);
    await field.press("Enter");
    await page.getByRole("log").getByText("Abo Störungen U1").waitFor();
    await page.context().close();
  });

  it("asks by e-mail for a yes; says what is missing first", async () => {
    const page = await open(PAGE);
    await card(page).getByText("Per E-Mail bestellen").click();
    const ask = card(page).getByRole("button", { name: "Bestätigung anfordern" });
    await ask.click();
    await card(page).getByText("Zuerst wählen: Linie.").waitFor();
    await card(page).getByLabel("Linie").selectOption("62");
    await card(page).getByLabel("E-Mail-Adresse").fill("lotte");
    await ask.click();
    await card(page).getByText("Eine Adresse sieht aus wie name@beispiel.de.").waitFor();
    await card(page).getByLabel("E-Mail-Adresse").fill("lotte@beispiel.example");
    await page.keyboard.press("Enter");
    await card(page).getByText("Die E-Mail ist unterwegs.").waitFor();
    expect(node.topics.asked).toMatchObject([
      { topic: "stoerungen", email: "lotte@beispiel.example", language: "de", values: { line: ["62"] } },
    ]);
    await page.context().close();
  });

  it("takes the yes of a mail by a press only, once", async () => {
    const token = node.topics.token ?? "";
    const page = await open(`${PAGE}?confirm=${token}`);
    const yes = page.getByRole("button", { name: "Ja, bestellen" });
    await yes.waitFor();
    expect(node.topics.token).toBe(token);
    await yes.click();
    await page.getByRole("heading", { name: "Bestellt: Störungen im Netz" }).waitFor();
    expect(node.topics.token).toBeNull();
    await page.reload();
    await yes.click();
    await page.getByText("Dieser Link gilt nicht mehr.").waitFor();
    await page.context().close();
  });

  it("is found from the company's page when there is something to subscribe to, and only then", async () => {
    const page = await open("c/hansekontor");
    await page.getByRole("link", { name: "Hinweise bestellen" }).click();
    await page.getByRole("heading", { name: "Hinweise von Hansekontor" }).waitFor();
    node.topics.topics = [];
    await page.goto(`${node.base}${PAGE}`);
    await page.getByText("Noch gibt es hier nichts zu bestellen.").waitFor();
    await page.context().close();
  });

  it.each(LOOKS)("looks right: $language, $width px, $scheme", async (look) => {
    const page = await open(`${PAGE}?confirm=${node.topics.token}`, look);
    const topic = page.getByRole("article").first();
    await topic.waitFor();
    await topic.getByRole("combobox").last().selectOption({ index: 1 });
    await topic.locator("summary").click();
    await page.evaluate(() => document.fonts.ready);
    const name = `notices-page-${look.width}-${look.scheme}-${look.language}.png`;
    await page.screenshot({ path: join(screenshotFolder(), name) });
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});
