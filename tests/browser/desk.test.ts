import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { type FakeNode, startFakeNode } from "../../src/web/desk/testing/fake-node.ts";
import { addMessage } from "../../src/web/desk/testing/routes-conversations.ts";
import { seedWorld } from "../../src/web/desk/testing/seed.ts";
import { jana, openPage, runAheadUntil, signIn } from "../../src/web/desk/testing/visit.ts";
import { makeMessage, minutesFromNow } from "../../src/web/desk/testing/world.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";

/** The agent's day at the desk, on a node that speaks the contracts from memory. */

describe.skipIf(!chromiumPath())("agent at the desk", () => {
  let browser: Browser;
  let node: FakeNode;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    builtDesk();
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function begin(conversations?: number): Promise<void> {
    node = await startFakeNode(seedWorld(conversations));
    ({ page, faults } = await openPage(browser));
    await signIn(page, node.url);
  }
  beforeEach(() => begin());
  afterEach(async () => {
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });

  const row = (name: string) => page.getByRole("link", { name: new RegExp(name) });
  const log = () => page.getByRole("log");
  const field = () => page.getByRole("textbox", { name: /Antwort an|Notiz, nur intern/ });
  async function open(name: string): Promise<void> {
    await row(name).click();
    await page.getByRole("heading", { name, level: 2 }).first().waitFor();
  }

  it("says what is wrong with a sign-in, and leads to where one wanted to go", async () => {
    const other = await openPage(browser);
    await other.page.goto(`${node.url}/desk/callbacks`);
    await other.page.getByRole("button", { name: "Anmelden" }).click();
    await other.page.getByText("Geben Sie Ihre E-Mail-Adresse ein").waitFor();
    await other.page.locator("input[name=email]").fill(jana.email);
    await other.page.locator("input[name=password]").fill("falsch");
    await other.page.keyboard.press("Enter");
    await other.page.getByText("E-Mail und Passwort passen nicht zusammen.").waitFor();
    await expect
      .poll(() =>
        other.page.locator("input[name=password]").evaluate((input) => input === document.activeElement),
      )
      .toBe(true);
    await other.page.locator("input[name=password]").fill(jana.password);
    await other.page.keyboard.press("Enter");
    await other.page.getByRole("heading", { name: "Rückrufe" }).waitFor();
    await other.page.context().close();
  });

  it("shows what is due first, in views with their counts", async () => {
    const names = () =>
      page.locator("[data-row]").evaluateAll((rows) => rows.map((each) => each.textContent ?? ""));
    await row("Familie Yıldız").waitFor();
    const open = await names();
    expect(open[0]).toContain("Familie Yıldız");
    expect(open[0]).toContain("überfällig");
    expect(open[1]).toContain("Sie sind dran");
    expect(await page.getByRole("link", { name: "Meine 3" }).isVisible()).toBe(true);
    await page.getByRole("link", { name: "Erledigt" }).click();
    await row("Lena Wohlers").waitFor();
    expect((await names()).every((text) => text.includes("erledigt"))).toBe(true);
  });

  it("is one tab stop with arrows, and J and K walk through the conversations", async () => {
    await row("Familie Yıldız").focus();
    expect(await page.locator("[data-row][tabindex='0']").count()).toBe(1);
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("Katrin Brandt");
    await page.keyboard.press("j");
    await page.waitForURL(/conversations\/3/);
    await page.keyboard.press("j");
    await page.waitForURL(/conversations\/1/);
    await page.keyboard.press("k");
    await page.waitForURL(/conversations\/3/);
  });

  it("sends an answer with Enter, keeps a draft elsewhere, and shows the tick as a word", async () => {
    await open("Ole Jansen");
    await field().fill("Entwurf für Ole");
    await open("Katrin Brandt");
    expect(await field().inputValue()).toBe("");
    await field().fill("Das tauschen wir.");
    await page.keyboard.press("Enter");
    await log().getByText("Das tauschen wir.").waitFor();
    await log().getByText("gesendet", { exact: true }).waitFor();
    expect(node.world.messages.get(1)?.filter(({ text }) => text === "Das tauschen wir.")).toHaveLength(1);
    await open("Ole Jansen");
    expect(await field().inputValue()).toBe("Entwurf für Ole");
  });

  it("keeps a note inside the house, in another shape than an answer", async () => {
    await open("Katrin Brandt");
    await page.keyboard.press("n");
    await field().fill("Regal C4 prüfen");
    await page.getByRole("button", { name: "Notiz ablegen" }).last().click();
    await log().getByText("Regal C4 prüfen").waitFor();
    const note = node.world.messages.get(1)?.at(-1);
    expect(note).toMatchObject({ note: true, text: "Regal C4 prüfen" });
    const border = await log()
      .getByText("Regal C4 prüfen")
      .locator("..")
      .evaluate((box) => getComputedStyle(box).borderTopStyle);
    expect(border).toBe("dotted");
  });

  it("inserts a text block by a slash and fills in the names", async () => {
    await open("Katrin Brandt");
    await field().fill("");
    await field().pressSequentially("/tausch");
    await page.getByRole("option", { name: /Tausch ohne Karton/ }).waitFor();
    await page.keyboard.press("Enter");
    expect(await field().inputValue()).toContain("Moin Katrin Brandt, ohne Karton ist kein Problem.");
  });

  it("shows within a second what customers and colleagues do", async () => {
    await open("Katrin Brandt");
    node.world.emit({ type: "typing", conversationId: 1, who: "Piet Harms", side: "us", staffId: "piet" });
    await page.getByText("Piet Harms schreibt hier gerade.").waitFor({ timeout: 1_000 });
    addMessage(node.world, makeMessage(1, { text: "Noch eine Frage", authorName: "Katrin Brandt" }));
    await log().getByText("Noch eine Frage").waitFor({ timeout: 1_000 });
    const ole = node.world.conversations.get(2);
    if (ole)
      node.world.emit({
        type: "conversation",
        conversation: { ...ole, assignee: { id: "piet", name: "Piet Harms" }, state: "person" },
      });
    await row("Ole Jansen").getByText("bei Piet Harms").waitFor({ timeout: 1_000 });
  });

  it("tells about lost contact, loses nothing and doubles nothing", async () => {
    await open("Katrin Brandt");
    await page.clock.install();
    node.cut(true);
    await field().fill("Während der Störung");
    await page.keyboard.press("Enter");
    await page.getByText("noch nicht gesendet").waitFor();
    await runAheadUntil(page, page.getByRole("alert").getByText("Kein Kontakt zum Knoten."));
    addMessage(node.world, makeMessage(1, { text: "Sind Sie noch da?", authorName: "Katrin Brandt" }));
    node.cut(false);
    await runAheadUntil(page, log().getByText("Sind Sie noch da?"));
    await page.getByText("noch nicht gesendet").waitFor({ state: "detached" });
    expect(await page.getByText("Kein Kontakt zum Knoten.").count()).toBe(0);
    expect(node.world.messages.get(1)?.filter(({ text }) => text === "Während der Störung")).toHaveLength(1);
    expect(await log().getByText("Während der Störung").count()).toBe(1);
  });

  it("shows what waits to be sent where the conversation itself could not be loaded", async () => {
    node.refuse(/GET .*messages$/, 503, "busy", 3);
    node.refuse(/POST .*messages$/, 503, "busy", 1);
    await page.clock.install();
    await open("Katrin Brandt");
    await runAheadUntil(page, page.getByText("Der Verlauf ist nicht geladen"));
    await field().fill("Ohne Verlauf");
    await page.keyboard.press("Enter");
    await page.getByText("noch nicht gesendet").waitFor();
    await page.getByText("noch nicht gesendet").waitFor({ state: "detached" });
    expect(node.world.messages.get(1)?.filter(({ text }) => text === "Ohne Verlauf")).toHaveLength(1);
  });

  it("gives a refused text back to the field with the reason", async () => {
    await open("Katrin Brandt");
    node.refuse(/POST .*messages$/, 422, "window_closed");
    await field().fill("Zu spät");
    await page.keyboard.press("Enter");
    await page.getByText("Das 24-Stunden-Fenster ist zu.").waitFor();
    await page.getByRole("button", { name: "Zurück ins Textfeld" }).click();
    expect(await field().inputValue()).toBe("Zu spät");
  });

  it("takes over, passes on, closes; each can be undone where it stands", async () => {
    await open("Ole Jansen");
    await page.getByRole("button", { name: "Übernehmen" }).click();
    await page.getByRole("button", { name: "Weitergeben" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Buchhaltung" }).click();
    await page.getByRole("status").getByText("Weitergegeben an Buchhaltung.").waitFor();
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await expect.poll(() => node.world.conversations.get(2)?.assignee?.id).toBe("jana");
    await page.getByRole("heading", { name: "Ole Jansen", level: 2 }).first().click();
    await page.keyboard.press("e");
    await page.getByText("Gespräch erledigt.").waitFor();
    expect(node.world.conversations.get(2)?.state).toBe("closed");
    await page.getByRole("button", { name: "Rückgängig" }).last().click();
    await expect.poll(() => node.world.conversations.get(2)?.state).toBe("person");
  });

  it("lets a person decide about a doubtful send", async () => {
    await open("Familie Yıldız");
    await log().getByText("Ungewiss, ob es ankam").waitFor();
    await page.getByRole("button", { name: "Es kam an" }).click();
    await log().getByText("zugestellt", { exact: true }).waitFor();
    expect(await log().getByText("Ungewiss, ob es ankam").count()).toBe(0);
  });

  it("offers approved notices after 24 hours and says why", async () => {
    await open("Café Strandperle");
    await page.getByText(/WhatsApp erlaubt jetzt nur genehmigte Hinweise/).waitFor();
    expect(await field().count()).toBe(0);
    for (const [number, text] of [
      ["1", "Frau Brandt"],
      ["2", "19"],
      ["3", "21"],
    ] as const)
      await page.getByLabel(`Angabe ${number}`).fill(text);
    await page.getByText("Moin Frau Brandt, wir kommen heute zwischen 19 und 21 Uhr.").waitFor();
    await page.getByRole("button", { name: "Hinweis senden" }).click();
    await expect
      .poll(() => node.calls.filter((call) => call === "POST /api/v1/conversations/7/messages").length)
      .toBe(1);
  });

  it("promises a call, and sounds the alarm when its time has come", async () => {
    await open("Katrin Brandt");
    await page.keyboard.press("p");
    await page.getByLabel("Nummer").fill("+49 40 123456");
    await page.locator("form").getByRole("button", { name: "Rückruf versprechen" }).click();
    await page.getByText(/Rückruf versprochen:/).waitFor();
    const promised = node.world.callbacks.at(-1);
    if (promised) promised.promisedAt = minutesFromNow(-1);
    node.world.emit({ type: "changed", what: "callback", id: null });
    await page
      .getByRole("alert")
      .getByText(/Versprochener Rückruf an Katrin Brandt war fällig/)
      .waitFor({ timeout: 3_000 });
    await page.getByRole("link", { name: "Rückrufe ansehen" }).click();
    const promise = page.getByRole("listitem").filter({ hasText: "Katrin Brandt" });
    await promise.getByRole("button", { name: "Anruf festhalten" }).click();
    await page.getByLabel("Was besprochen wurde").fill("Ersatzdeckel kommt Montag.");
    await promise.getByRole("button", { name: "Festhalten", exact: true }).click();
    await expect.poll(() => promised?.state).toBe("done");
    await page.getByRole("alert").waitFor({ state: "detached" });
  });

  it("changes, merges and separates contacts; the safer answer has the focus before erasing", async () => {
    await open("Katrin Brandt");
    const panel = page.getByRole("complementary", { name: "Kontakt" });
    await panel.getByRole("button", { name: "Ändern" }).click();
    await panel.getByLabel("Firma").fill("Brandt & Co.");
    await panel.getByRole("button", { name: "Speichern" }).click();
    await panel.getByText("Brandt & Co.").first().waitFor();
    await panel.getByRole("button", { name: "Mit Kontakt zusammenführen" }).click();
    await panel.getByLabel("Name des anderen Kontakts").fill("Lena");
    await panel.getByRole("listitem").filter({ hasText: "Lena Wohlers" }).getByRole("button").click();
    await panel.getByText(/von Jana Petersen/).waitFor();
    await panel.getByRole("button", { name: "Rückgängig" }).click();
    await panel.getByText(/von Jana Petersen/).waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Löschen vorbereiten" }).click();
    await page.getByRole("dialog", { name: /Alle Daten von Katrin Brandt löschen/ }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Nichts löschen");
    await page.keyboard.press("Escape");
    expect(node.calls.some((call) => call.endsWith("/erase"))).toBe(false);
  });

  it("attaches a file, refuses a too large one with a sentence", async () => {
    await open("Katrin Brandt");
    const input = page.locator("input[type=file]").last();
    await input.setInputFiles({
      name: "riesig.bin",
      mimeType: "application/octet-stream",
      buffer: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    await page.getByText(/Zu groß\. Erlaubt sind/).waitFor();
    await input.setInputFiles({
      name: "rechnung.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("%PDF-1.4"),
    });
    await page.getByText("rechnung.pdf").waitFor();
    await expect.poll(() => node.calls.includes("POST /api/v1/files")).toBe(true);
    await page.getByRole("button", { name: "Senden" }).last().click();
    await expect.poll(() => node.world.messages.get(1)?.at(-1)?.media?.fileId).toBe("uploaded");
  });

  it("finds and does by the palette, and leaves single keys alone when they are off", async () => {
    await open("Katrin Brandt");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("notiz");
    await page.keyboard.press("Enter");
    expect(await field().getAttribute("aria-label")).toBe("Notiz, nur intern");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("Charge 0826");
    await page.getByRole("option", { name: /Alle Treffer/ }).click();
    await page.getByRole("heading", { name: "Eine Nachricht" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("stadtwerke");
    await page.getByRole("option", { name: /Stadtwerke Beispielhafen.*Firma wechseln/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.goto(`${node.url}/desk/settings/me`);
    await page.getByRole("switch", { name: /Tastenkürzel/ }).click();
    await page.goto(`${node.url}/desk/conversations/1`);
    await log().waitFor();
    await page.keyboard.press("e");
    await page.keyboard.press("j");
    expect(page.url()).toContain("/conversations/1");
    expect(node.world.conversations.get(1)?.state).toBe("person");
  });

  it("tells a failure in three rows with its reference, and a missing page as such", async () => {
    node.refuse(/GET \/api.*conversations\/1$/, 500, "internal", 9);
    await page.clock.install();
    await page.goto(`${node.url}/desk/conversations/1`);
    const alert = page.getByRole("alert").filter({ hasText: "Was passiert ist" });
    await runAheadUntil(page, alert);
    const said = (await alert.textContent()) ?? "";
    for (const part of ["Was erhalten ist", "Was Sie tun können", "req-7f3a91c0"])
      expect(said).toContain(part);
    await page.goto(`${node.url}/desk/nonsense`);
    await page.getByRole("heading", { name: "Diese Seite gibt es nicht" }).waitFor();
  });

  it("loads 300 conversations page by page as one scrolls", async () => {
    await page.context().close();
    await node.close();
    await begin(300);
    await page.goto(`${node.url}/desk/conversations?view=all`);
    await expect.poll(() => page.locator("[data-row]").count()).toBeGreaterThanOrEqual(50);
    const shown = page.locator("[data-row]");
    for (let count = await shown.count(); count < 300; count = await shown.count()) {
      await shown.last().scrollIntoViewIfNeeded();
      await expect.poll(() => shown.count(), { timeout: 20_000 }).toBeGreaterThan(count);
    }
    const ids = await page
      .locator("[data-row]")
      .evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset.row));
    expect(new Set(ids).size).toBe(300);
    await page.getByText("300 Gespräche, mehr sind es nicht.").waitFor();
  });
});
