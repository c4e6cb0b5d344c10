import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as service from "../../src/skills/service/api.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { enterDesk } from "./enter.ts";
import { LOOKS, type Look } from "./looks.ts";
import { picture } from "./picture.ts";

/** An owner hands in a mailbox at the desk, reads what is proposed, says yes and no, and takes it back. */

const SLOW = { timeout: 30_000 };
const OPEN = "Wir haben montags bis samstags von 9 bis 18 Uhr offen, an Feiertagen ist geschlossen.";
const RETURN =
  "Legen Sie den Rücksendeschein in das Paket und geben Sie es bei der Post ab. Das Geld kommt nach fünf Tagen.";
const ASKED: readonly (readonly [string, string])[] = [
  ["Wann haben Sie geöffnet?", OPEN],
  ["Wann haben Sie am Samstag geöffnet?", OPEN],
  ["wann habt ihr geöffnet", OPEN],
  ["Wie schicke ich das Paket zurück?", RETURN],
  ["wie kann ich das paket zurückschicken", RETURN],
  ["Ich möchte das Paket zurückschicken, Bestellung 4471823", RETURN],
];

function mailbox(): Buffer {
  const mails = ASKED.map(([question, answer], n) => {
    const from = `From x Mon Mar  4 10:00:00 2024\n`;
    const asked = `From: Mara Otten <k${n}@post.example>\nTo: post@laden.example\nMessage-ID: <${n}@post.example>\nContent-Type: text/plain; charset=utf-8\n\n${question}\n\n`;
    const told = `From: Tim <post@laden.example>\nTo: k${n}@post.example\nMessage-ID: <a${n}@laden.example>\nIn-Reply-To: <${n}@post.example>\nContent-Type: text/plain; charset=utf-8\n\nHallo Mara,\n\n${answer}\n\nViele Grüße\nTim\n\n`;
    return `${from}${asked}${from}${told}`;
  });
  return Buffer.from(mails.join(""), "utf8");
}

describe.skipIf(!chromiumPath())("proposals from an archive", () => {
  const folder = screenshotFolder();
  let browser: Browser;
  let node: SharedNode;
  let company: Company;
  let page: Page;
  let faults: string[];
  let base: string;

  async function begin(look: Partial<Look>): Promise<{ page: Page; faults: string[] }> {
    const { language = "de", ...rest } = look;
    const opened = await openPage(browser, { height: 1800, ...rest, preferences: { language } });
    await enterDesk(opened.page, node, company.id);
    return opened;
  }

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    company = await newCompany(node, "de", "Haushaltswaren Krug");
    base = originOf(node.report);
    browser = await launchChromium();
    ({ page, faults } = await begin({ width: 1440 }));
  }, 180_000);
  afterAll(() => browser?.close());

  const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click(SLOW);
  const topics = async () => (await company.owner.call(service.listTopics)).items.map(({ title }) => title);
  const hand = async (name: string, content: Buffer) => {
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: content });
    await page.getByRole("button", { name: "Einlesen", exact: true }).click(SLOW);
  };

  it("a file is handed in; its topics are renamed, accepted, taken back, merged and dropped", async () => {
    await page.goto(`${base}/desk/knowledge/proposals`);
    await page.getByRole("heading", { name: "Noch nichts eingelesen" }).waitFor(SLOW);
    await page.getByRole("button", { name: "Einlesen", exact: true }).click();
    await page.getByText(/^Wählen? .*eine Datei\.$|^Wähle eine Datei\.$/).waitFor(SLOW);
    await hand("tagebuch.txt", Buffer.from("Liebes Tagebuch"));
    await page.getByText(/Das ist weder ein Postfach .* Nichts davon wurde behalten\./).waitFor(SLOW);
    await hand("postfach.mbox", mailbox());
    await page.getByRole("heading", { name: "Wann haben Sie geöffnet?" }).waitFor(SLOW);
    await page.getByText(OPEN).waitFor();
    await page.getByText("3 von 3 Antworten sagten fast dasselbe.").first().waitFor();
    expect(await page.locator("main").textContent()).not.toMatch(/Mara|Otten|4471823/);
    await page.setViewportSize({ width: 1440, height: 900 });
    await picture(page, "fill-archive");

    await press("Bearbeiten: Wann haben Sie geöffnet?");
    await page.getByLabel("Titel des Themas").fill("Öffnungszeiten");
    await page.getByRole("checkbox", { name: /Mit lernen: wann habt ihr geöffnet/ }).uncheck();
    await press("Annehmen: Öffnungszeiten");
    await page.getByText("„Öffnungszeiten“ ist jetzt ein Thema.").waitFor(SLOW);
    await expect.poll(topics, SLOW).toEqual(["Öffnungszeiten"]);
    await press("Zurücknehmen: Öffnungszeiten");
    await expect.poll(topics, SLOW).toEqual([]);

    await press(/^Bearbeiten: Öffnungszeiten/);
    await page.getByLabel("Zusammenlegen mit").selectOption({ index: 1 });
    await page.getByText("6-mal gefragt").waitFor(SLOW);
    await press("Zurücknehmen: Öffnungszeiten");
    await page.getByRole("heading", { name: "Öffnungszeiten" }).waitFor(SLOW);
    await press("Verwerfen: Öffnungszeiten");
    await page.getByText("„Öffnungszeiten“ verworfen.").waitFor(SLOW);
    await press(/^Annehmen: /);
    await page.getByRole("heading", { name: "Alles entschieden" }).waitFor(SLOW);
    await expect.poll(async () => (await topics()).length, SLOW).toBe(1);
    await press("Zurücknehmen: Öffnungszeiten");
    await page.getByRole("heading", { name: "Öffnungszeiten" }).waitFor(SLOW);
    expect(faults).toEqual([]);
  }, 120_000);

  it.each(LOOKS)(
    "looks: $language, $width px, $scheme",
    async (look) => {
      const { page: seen } = await begin(look);
      await seen.goto(`${base}/desk/knowledge/proposals`);
      await seen.getByRole("heading", { name: "Öffnungszeiten" }).waitFor(SLOW);
      const path = join(folder, `proposals-${look.width}-${look.scheme}-${look.language}.png`);
      await seen.screenshot({ path });
      expect(await faultsOf(seen)).toEqual([]);
      await seen.getByRole("button", { name: /(?:Bearbeiten|Edit): Öffnungszeiten/ }).click();
      await seen.getByRole("checkbox").first().waitFor();
      await seen.screenshot({ path: path.replace("proposals-", "proposals-editing-") });
      expect(await faultsOf(seen)).toEqual([]);
      await seen.context().close();
    },
    90_000,
  );
});
