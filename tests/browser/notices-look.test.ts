import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { type FakeNode, startFakeNode } from "../../src/web/desk/testing/fake-node.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { seedWorld } from "../../src/web/desk/testing/seed.ts";
import { openPage, runAheadUntil, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { LOOKS, type Look } from "./looks.ts";

/** Every page of notices is looked at by axe and kept as a picture in build/screenshots. */

const PLACES: Record<string, string> = {
  list: "notices",
  new: "notices/new?topicId=1",
  composer: "notices/1",
  sending: "notices/2",
  done: "notices/3",
  scheduled: "notices/4",
  topics: "notices/topics",
  topic: "notices/topics/1",
  templates: "notices/templates",
  sources: "notices/sources",
  source: "notices/sources/1",
  "source-new": "notices/sources/new",
  rules: "notices/rules",
};
const EMPTY = ["list", "new", "topics", "templates", "sources"];

describe.skipIf(!chromiumPath())("the pages of notices", { timeout: 240_000 }, () => {
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
    const path = join(folder, `notices-${name}-${width}-${scheme}-${language}.png`);
    await page.screenshot({ path });
    return (await faultsOf(page)).map((fault) => `${name}: ${fault}`);
  }

  async function begin(shape: Look, node: FakeNode): Promise<Page> {
    const { width, scheme, language } = shape;
    // As tall as the longest page: what is below the edge is looked at too.
    const { page } = await openPage(browser, { width, height: 1800, scheme, preferences: { language } });
    await signIn(page, node.url);
    return page;
  }

  async function visitAll(page: Page, node: FakeNode, shape: Look, names: readonly string[]) {
    const faults: string[] = [];
    for (const name of names) {
      await page.goto(`${node.url}/desk/${PLACES[name]}`);
      await page.locator("main h1").first().waitFor({ state: "attached" });
      await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
      faults.push(...(await look(page, node.world.told.topics.length > 0 ? name : `empty-${name}`, shape)));
    }
    return faults;
  }

  it.concurrent.each(LOOKS)("pages: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld());
    const page = await begin(shape, node);
    expect(await visitAll(page, node, shape, Object.keys(PLACES))).toEqual([]);
    await page.context().close();
    await node.close();
  });

  it.concurrent.each(LOOKS)("nothing yet, and a failure: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld(0));
    const page = await begin(shape, node);
    const faults = await visitAll(page, node, shape, EMPTY);
    node.refuse(/GET \/api\/v1\/notice-sources$/, 500, "internal", 9);
    await page.clock.install();
    await page.goto(`${node.url}/desk/notices/sources`);
    await runAheadUntil(page, page.getByText("req-7f3a91c0").first());
    faults.push(...(await look(page, "failure", shape)));
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });

  it.concurrent.each(LOOKS)("a person's consents: $language, $width px, $scheme", async (shape) => {
    const node = await startFakeNode(seedWorld());
    const page = await begin(shape, node);
    await page.goto(`${node.url}/desk/conversations/1`);
    await page.getByRole("log").waitFor();
    if (shape.width === 360) await page.getByRole("button", { name: /Kontakt zeigen|Show contact/ }).click();
    await page.getByRole("button", { name: /^(Erlaubnis festhalten|Record a consent)$/ }).click();
    const faults = await look(page, "consents", shape);
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });
});
