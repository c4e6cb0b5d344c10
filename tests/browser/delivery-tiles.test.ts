import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { cityTiles } from "./city-tiles.ts";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";
import { enterDesk } from "./enter.ts";
import type { Look } from "./looks.ts";

/** An owner uploads a street map; the dispatcher's evening stands on it, and on the drawn map where a browser cannot show it. */

const SLOW = { timeout: 30_000 };
const BOX = [9.8, 53.48, 10.15, 53.65] as const;
// biome-ignore format: places stand in their order
const TILES = cityTiles([
  { layer: "water", kind: "river", name: "Elbe", type: "Polygon", places: [[9.8, 53.54], [9.93, 53.543], [9.99, 53.536], [10.1, 53.532], [10.1, 53.5], [9.8, 53.51]] },
  { layer: "landuse", kind: "park", name: "Stadtpark", type: "Polygon", places: [[10.008, 53.602], [10.01, 53.594], [10.035, 53.597], [10.03, 53.605]] },
  { layer: "roads", kind: "major_road", name: "Ring 2", type: "LineString", places: [[9.9, 53.55], [9.96, 53.55], [9.99, 53.548], [10.06, 53.552]] },
  { layer: "roads", kind: "minor_road", name: "Osterstraße", type: "LineString", places: [[9.94, 53.6], [9.955, 53.575], [9.965, 53.553], [9.97, 53.545]] },
  { layer: "places", kind: "neighbourhood", name: "Eimsbüttel", type: "Point", places: [[9.95, 53.575]] },
], BOX);

describe.skipIf(!chromiumPath())("a city's street map", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let world: DeliveryWorld;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = originOf(node.report);
    browser = await launchChromium();
    world = await deliveryWorld(node);
  }, 300_000);
  afterAll(() => browser?.close());

  async function begin({ width, scheme, language }: Look): Promise<Page> {
    const { page } = await openPage(browser, { width, height: 900, scheme, preferences: { language } });
    await enterDesk(page, node, world.company.id);
    return page;
  }
  const map = (page: Page) => page.getByRole("figure", { name: /^(Karte|Map)$/ });
  const showMap = async (page: Page, width: number) => {
    await page.goto(`${base}/desk/delivery`);
    if (width === 360) await page.getByRole("button", { name: /^(Karte|Map)$/ }).click(SLOW);
    await map(page).waitFor(SLOW);
  };

  it("comes in by the set-up, and no other file does", async () => {
    const page = await begin({ language: "de", width: 1440, scheme: "light" });
    await page.goto(`${base}/desk/delivery/setup`);
    const upload = page.getByLabel("Straßenkarte hochladen").first();
    await upload.setInputFiles(
      { name: "hamburg.pmtiles", mimeType: "", buffer: Buffer.from("<html>") },
      SLOW,
    );
    await page.getByText(/no map in the form PMTiles|keine Karte/).waitFor(SLOW);
    await page.getByLabel("Herkunft der Daten").last().fill("© OpenStreetMap-Mitwirkende");
    await upload.setInputFiles({ name: "hamburg.pmtiles", mimeType: "", buffer: TILES });
    await page.getByText("hamburg.pmtiles, 1 MB").waitFor(SLOW);
    await page.screenshot({ path: join(folder, "delivery-tiles-setup.png"), fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it.each<Look>([
    { language: "de", width: 360, scheme: "light" },
    { language: "en", width: 1440, scheme: "dark" },
  ])(
    "lies under the evening: $language, $width px, $scheme",
    async (look) => {
      const page = await begin(look);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).origin));
      await showMap(page, look.width);
      await map(page).locator("canvas").waitFor(SLOW);
      const sign = map(page).locator("[data-stop]").first();
      await sign.waitFor(SLOW);
      await map(page).locator("[aria-busy=false]").waitFor(SLOW);
      await page.screenshot({
        path: join(folder, `delivery-tiles-${look.width}-${look.scheme}-${look.language}.png`),
      });
      expect(await faultsOf(page)).toEqual([]);
      expect([...new Set(asked)].filter((origin) => origin !== "null")).toEqual([base]);
      const before = await sign.boundingBox();
      await map(page)
        .getByRole("button", { name: /^(Näher heran|Zoom in)$/ })
        .click();
      await expect.poll(async () => (await sign.boundingBox())?.x, SLOW).not.toBe(before?.x);
      await page.context().close();
    },
    90_000,
  );

  it("is drawn without tiles where the browser has no WebGL, and says so", async () => {
    const page = await begin({ language: "de", width: 1440, scheme: "light" });
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await showMap(page, 1440);
    await map(page)
      .getByText(/Die Straßenkarte kann dieser Browser nicht zeigen/)
      .waitFor(SLOW);
    await map(page).locator("[data-stop]").first().waitFor(SLOW);
    expect(await map(page).locator("canvas").count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it("goes with its file", async () => {
    const page = await begin({ language: "de", width: 1440, scheme: "light" });
    const { tiles } = await world.company.owner.call(delivery.getCityMap, { params: { id: world.cityId } });
    await page.goto(`${base}/desk/delivery/setup`);
    await page.getByRole("button", { name: "Straßenkarte entfernen" }).click(SLOW);
    await page.getByText("Keine; gezeichnet wird die Stadtkarte.").waitFor(SLOW);
    const gone = await page.request.get(`${base}/api/v1/files/${tiles?.fileId}?tenant=${world.company.id}`);
    expect(gone.status()).toBe(404);
    await page.context().close();
  }, 60_000);
});
