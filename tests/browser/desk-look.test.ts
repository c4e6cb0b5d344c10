import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { type FakeNode, startFakeNode } from "../../src/web/desk/testing/fake-node.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { seedWorld } from "../../src/web/desk/testing/seed.ts";
import { openPage, runAheadUntil, signIn } from "../../src/web/desk/testing/visit.ts";
import { minutesFromNow } from "../../src/web/desk/testing/world.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { LOOKS, type Look } from "./looks.ts";

/** Every state of the desk is looked at by axe and kept as a picture in build/screenshots. */

const PLACES: Record<string, string> = {
  list: "conversations?view=all",
  conversation: "conversations/1",
  doubtful: "conversations/3",
  "window-closed": "conversations/7",
  "long-names": "conversations/10",
  callbacks: "callbacks",
  knowledge: "knowledge",
  topic: "knowledge/1",
  files: "knowledge/files",
  parked: "parked",
  search: "search?q=deckel",
  preferences: "settings/me",
  company: "settings/company",
  staff: "settings/staff",
  channels: "settings/channels",
  "text-blocks": "settings/text-blocks",
  documents: "settings/documents",
  "api-keys": "settings/api-keys",
  missing: "nonsense",
};

describe.skipIf(!chromiumPath())("the desk's screens", { timeout: 240_000 }, () => {
  let browser: Browser;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function look(page: Page, name: string, { language, width, scheme }: Look): Promise<string[]> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `desk-${name}-${width}-${scheme}-${language}.png`) });
    return (await faultsOf(page)).map((fault) => `${name}: ${fault}`);
  }

  async function begin(shape: Look, node: FakeNode): Promise<Page> {
    const { language, width, scheme } = shape;
    const { page } = await openPage(browser, {
      width,
      height: width === 360 ? 740 : 900,
      scheme,
      preferences: { language },
    });
    await signIn(page, node.url);
    return page;
  }

  it.concurrent.each(LOOKS)("pages: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld());
    const { page: door } = await openPage(browser, { ...shape, preferences: { language: shape.language } });
    await door.goto(`${node.url}/desk/sign-in`);
    await door.locator("form").waitFor();
    const faults = await look(door, "sign-in", shape);
    await door.context().close();
    const page = await begin(shape, node);
    for (const [name, path] of Object.entries(PLACES)) {
      await page.goto(`${node.url}/desk/${path}`);
      await page.locator("main h1, main h2").first().waitFor({ state: "attached" });
      await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
      faults.push(...(await look(page, name, shape)));
    }
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });

  it.concurrent.each(LOOKS)("layers and rare states: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld());
    const page = await begin(shape, node);
    const faults: string[] = [];
    const isPhone = shape.width === 360;
    await page.goto(`${node.url}/desk/conversations/1`);
    await page.getByRole("log").waitFor();
    await page.getByRole("button", { name: /Mehr tun|Do more/ }).click();
    faults.push(...(await look(page, "menu", shape)));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("de");
    await page.getByRole("option").nth(3).waitFor();
    faults.push(...(await look(page, "palette", shape)));
    await page.keyboard.press("Escape");
    await page.getByRole("combobox").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    faults.push(...(await look(page, "shortcuts", shape)));
    await page.keyboard.press("Escape");
    await page.getByRole("textbox").last().fill("/");
    await page.getByRole("option").first().waitFor();
    faults.push(...(await look(page, "text-block-choice", shape)));
    await page.getByRole("textbox").last().fill("");
    if (isPhone) {
      await page.getByRole("button", { name: /Kontakt zeigen|Show contact/ }).click();
      faults.push(...(await look(page, "contact", shape)));
    }
    await page.getByRole("button", { name: /Löschen vorbereiten|Prepare erasure/ }).click();
    await page.getByRole("dialog").waitFor();
    faults.push(...(await look(page, "erase", shape)));
    await page.keyboard.press("Escape");
    if (isPhone) await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await page.getByText(/Gespräch erledigt\.|Conversation done\./).waitFor();
    faults.push(...(await look(page, "toast", shape)));
    const [promise] = node.world.callbacks;
    if (promise) promise.promisedAt = minutesFromNow(-4);
    node.refuse(/GET \/api.*conversations\/2$/, 500, "internal", 9);
    await page.clock.install();
    await page.goto(`${node.url}/desk/conversations/2`);
    await runAheadUntil(page, page.getByText("req-7f3a91c0").first());
    faults.push(...(await look(page, "failure-and-alarm", shape)));
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });

  it.concurrent.each(LOOKS)("nothing yet, and no contact: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld(0));
    const page = await begin(shape, node);
    const faults: string[] = [];
    await page.goto(`${node.url}/desk/conversations`);
    await page.locator("main h2").first().waitFor();
    faults.push(...(await look(page, "empty-list", shape)));
    await page.goto(`${node.url}/desk/callbacks`);
    await page.locator("main h2").first().waitFor();
    faults.push(...(await look(page, "empty-callbacks", shape)));
    await page.goto(`${node.url}/desk/knowledge`);
    await page.getByRole("button", { name: /Ausprobieren|Try it/ }).waitFor();
    await page.getByRole("textbox").last().fill("Wann kommt mein Bräter?");
    await page.keyboard.press("Enter");
    await page.getByRole("img").first().waitFor();
    faults.push(...(await look(page, "trial", shape)));
    for (const name of ["health", "teaching", "versions"]) {
      await page.goto(`${node.url}/desk/knowledge/${name}`);
      await page.locator("main h1").first().waitFor();
      if (name === "versions")
        await page
          .getByRole("button", { name: /^(Fassung|Compare) .*13/ })
          .first()
          .click();
      await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
      faults.push(...(await look(page, name, shape)));
    }
    await page.goto(`${node.url}/desk/knowledge`);
    await page.getByRole("button", { name: /Ausprobieren|Try it/ }).waitFor();
    await page.clock.install();
    node.cut(true);
    await runAheadUntil(page, page.getByRole("alert").first());
    faults.push(...(await look(page, "no-contact", shape)));
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });
});
