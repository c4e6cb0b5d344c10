import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtPages, screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { fakeCompanyPage, fakeSettings } from "../../src/web/widget/testing/fake-company.ts";
import { type FakeNode, startFakeNode } from "../../src/web/widget/testing/fake-node.ts";
import { type Visit, visit } from "../../src/web/widget/testing/visit.ts";
import { LOOKS, type Look } from "./looks.ts";

/** Every state of the customer's side is looked at by axe and kept as a picture in build/screenshots. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung";
const SIZES = { 360: { width: 360, height: 740 }, 1440: { width: 1440, height: 900 } } as const;

const LABELS = {
  de: {
    ask: "Frage stellen",
    question: "Wo ist meine Bestellung?",
    menu: "Menü",
    waiting: "noch nicht gesendet",
  },
  en: { ask: "Ask a question", question: "Where is my order?", menu: "Menu", waiting: "not sent yet" },
};

/** What axe finds, as short sentences: empty when all is well. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const options: RunOptions = { resultTypes: ["violations"] };
  const found = await page.evaluate(
    (run) => (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(run),
    options,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

describe.skipIf(!chromiumPath())("customer's screens", () => {
  let browser: Browser;
  const folder = screenshotFolder();

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    // What moves has come to rest; each tree knows only its own animations.
    await page.evaluate(() => {
      const inside = document.querySelector("augenhoehe-chat")?.shadowRoot?.getAnimations() ?? [];
      const all = [...document.getAnimations(), ...inside];
      return Promise.all(all.map(({ finished }) => finished.catch(() => undefined)));
    });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    expect(await violations(page), name).toEqual([]);
  }

  function browsing({ width, scheme, language }: Look) {
    return {
      lang: language,
      viewport: SIZES[width],
      colorScheme: scheme,
      deviceScaleFactor: width === 360 ? 2 : 1,
      attributes: 'data-accent="#8f3523" data-accent-dark="#f0a48f"',
    } as const;
  }

  async function talk({ page }: Visit, node: FakeNode): Promise<void> {
    await page.getByText("Dann sehen wir nach").waitFor();
    const conversation = node.conversation();
    for (const message of conversation.messages)
      message.sentAt = new Date(Date.now() - 86_400_000).toISOString();
    conversation.emit({ type: "reset" });
    conversation.setState({ speaker: "person", personName: "Jana Petersen" });
    const author = { author: "agent", authorName: "Jana Petersen", language: "de" } as const;
    conversation.say(
      `Ohne Karton ist kein Problem: https://hansekontor.example/rueckgabe ${LONG_WORD}`,
      author,
    );
    conversation.say("Schicken Sie mir ein Foto vom Deckel?", author);
    await page.getByText("Foto vom Deckel").waitFor();
  }

  /** Windows on their lines; the tap on one is said, and what is promised stays as a card. */
  async function choose({ page }: Visit, node: FakeNode): Promise<void> {
    const conversation = node.conversation();
    const spans = [
      { day: "Donnerstag, 19. November", label: "17–19", cost: "4,90 €", from: 1_020, until: 1_140 },
      { day: "Donnerstag, 19. November", label: "19–21", cost: "1,90 €", from: 1_140, until: 1_260 },
      {
        day: "Freitag, 20. November",
        label: "17:30–19:30",
        cost: "ohne Aufpreis",
        from: 1_050,
        until: 1_170,
      },
    ];
    const options = spans.map((window, n) => ({
      id: `window:${n}`,
      title: `${window.day}, ${window.label} Uhr · ${window.cost}`,
      window,
    }));
    conversation.say("Für Lange Reihe 12, 20099 Hamburg kann ich Ihnen das fest versprechen.", {
      options: [...options, { id: "more", title: "Weitere Tage" }],
      language: "de",
    });
    await page.getByRole("button", { name: "Donnerstag, 19. November, 19–21 Uhr · 1,90 €" }).waitFor();
  }

  async function promise({ page }: Visit, node: FakeNode): Promise<void> {
    const before = node.conversation().received.length;
    await page.getByRole("button", { name: "Donnerstag, 19. November, 19–21 Uhr · 1,90 €" }).click();
    await expect
      .poll(() => node.conversation().received.slice(before))
      .toMatchObject([{ choice: "window:1", text: "Donnerstag, 19. November, 19–21 Uhr · 1,90 €" }]);
    node.conversation().say("Versprochen: Donnerstag, 19. November, 19 bis 21 Uhr.", {
      language: "de",
      card: {
        note: "",
        heading: "Versprochen: Do 19.11., 19–21 Uhr",
        lines: ["Lange Reihe 12, 20099 Hamburg", "1,90 €"],
        foot: [
          "Sie müssen nichts weiter tun.",
          "Halten wir das Fenster nicht, schreiben wir Ihnen 5,00 € gut.",
        ],
        linkTitle: "",
        line: {
          ticks: ["18", "19", "20", "21", "22"].map((label, n) => ({ at: n / 4, label })),
          promised: [0.25, 0.75],
          expected: null,
        },
      },
    });
    await page.getByText("Versprochen: Do 19.11., 19–21 Uhr").waitFor();
  }

  for (const one of LOOKS) {
    const name = (state: string) => `customer-${state}-${one.language}-${one.width}-${one.scheme}`;
    const labels = LABELS[one.language];

    it(`button, start, conversation, menu, offline: ${one.language}, ${one.width} px, ${one.scheme}`, async () => {
      const node = await startFakeNode(builtPages());
      const guest = await visit(browser, node, browsing(one));
      const { page } = guest;
      await page.getByRole("button", { name: labels.ask }).waitFor();
      await look(page, name("1-closed"));
      await page.getByRole("button", { name: labels.ask }).click();
      await page.getByRole("button", { name: labels.question }).waitFor();
      await look(page, name("2-start"));
      await page.getByRole("button", { name: labels.question }).click();
      await talk(guest, node);
      await look(page, name("3-conversation"));
      await choose(guest, node);
      await look(page, name("3-windows"));
      await promise(guest, node);
      await look(page, name("3-promised"));
      await page.getByRole("button", { name: labels.menu }).click();
      await look(page, name("4-menu"));
      await page.keyboard.press("Escape");
      await guest.context.setOffline(true);
      await page.getByRole("textbox").fill("Mache ich, einen Moment. Der Deckel ist vom Oktober.");
      await page.keyboard.press("Enter");
      await page.getByText(labels.waiting).waitFor();
      await look(page, name("5-offline"));
      expect(guest.faults).toEqual([]);
      await guest.leave();
      await node.close();
    });

    it(`company page: ${one.language}, ${one.width} px, ${one.scheme}`, async () => {
      const node = await startFakeNode(builtPages());
      const { lang, ...options } = browsing(one);
      const context = await browser.newContext({ ...options, locale: lang });
      const page = await context.newPage();
      await page.goto(`${node.base}c/hansekontor`);
      await page.getByRole("button", { name: labels.ask }).last().waitFor();
      await look(page, name("6-page"));
      expect(await page.getByRole("img", { name: /QR/ }).count()).toBe(2);
      node.page = fakeCompanyPage({ name: "Gelbe Mühle GmbH", logo: null });
      await page.goto(`${node.base}c/gelbe-muehle`);
      await page.getByRole("heading", { name: "Gelbe Mühle GmbH" }).waitFor();
      await look(page, name("7-plain-page"));
      expect(await context.cookies()).toEqual([]);
      expect(await page.evaluate(() => window.localStorage.length + window.sessionStorage.length)).toBe(0);
      await context.close();
      await node.close();
    });
  }

  it("a chat that cannot be opened, and one in forced colours", async () => {
    const node = await startFakeNode(builtPages());
    const guest = await visit(browser, node, {
      ...browsing({ language: "de", width: 360, scheme: "light" }),
      forcedColors: "active",
    });
    node.fail = { status: 503, times: 1 };
    await guest.page.getByRole("button", { name: "Frage stellen" }).click();
    await guest.page.getByText("Was passiert ist").waitFor();
    await look(guest.page, "customer-8-broken-forced-colours");
    await guest.page.emulateMedia({ forcedColors: "none" });
    await look(guest.page, "customer-8-broken");
    await guest.page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await guest.page.getByRole("button", { name: "Noch einmal versuchen" }).click();
    await guest.page.getByRole("button", { name: LABELS.de.question }).click();
    await talk(guest, node);
    await look(guest.page, "customer-9-forced-colours");
    await guest.leave();
    await node.close();
  });

  it("a yellow company keeps its yellow, in ink", async () => {
    const node = await startFakeNode(builtPages());
    const yellow = {
      "--ah-accent": "#ffd500",
      "--ah-accent-hover": "#e6c000",
      "--ah-on-accent": "#11252c",
      "--ah-accent-soft": "#fdf3c4",
      "--ah-accent-text": "#11252c",
      "--ah-accent-edge": "#11252c",
    };
    node.settings = fakeSettings({
      company: "Gelbe Mühle",
      logo: null,
      accent: { light: yellow, dark: yellow },
    });
    const guest = await visit(browser, node, { viewport: SIZES[360], attributes: 'data-accent="#ffd500"' });
    await guest.page.getByRole("button", { name: "Frage stellen" }).click();
    await guest.page.getByRole("button", { name: LABELS.de.question }).click();
    await guest.page.getByText("Dann sehen wir nach").waitFor();
    await look(guest.page, "customer-10-yellow");
    await guest.leave();
    await node.close();
  });

  it("has no sideways scrolling at 320 px", async () => {
    const node = await startFakeNode(builtPages());
    const context = await browser.newContext({ viewport: { width: 320, height: 568 }, locale: "de" });
    const page = await context.newPage();
    await page.goto(`${node.base}c/hansekontor`);
    await page.getByRole("button", { name: "Frage stellen" }).last().click();
    await page.getByRole("button", { name: LABELS.de.question }).click();
    await page.getByText("Dann sehen wir nach").waitFor();
    node.conversation().say(LONG_WORD + LONG_WORD);
    await page.getByText(LONG_WORD).waitFor();
    const overflow = await page.evaluate(() => {
      const body = document.querySelector("augenhoehe-chat")?.shadowRoot?.querySelector(".body");
      const wide = (element: Element | null | undefined) =>
        element ? element.scrollWidth - element.clientWidth : -1;
      return [wide(document.documentElement), wide(body)];
    });
    expect(overflow).toEqual([0, 0]);
    await context.close();
    await node.close();
  });
});
