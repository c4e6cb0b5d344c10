import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { type FakeNode, startFakeNode } from "../../src/web/desk/testing/fake-node.ts";
import { seedWorld } from "../../src/web/desk/testing/seed.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";

/** The owner in the house: knowledge and settings, on a node that speaks the contracts from memory. */

const FIRST_LOAD_LIMIT_BYTES = 200_000;

describe.skipIf(!chromiumPath())("owner in the house", () => {
  let browser: Browser;
  let node: FakeNode;
  let page: Page;
  let faults: string[];
  const loaded: string[] = [];

  beforeAll(async () => {
    builtDesk();
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    node = await startFakeNode(seedWorld());
    ({ page, faults } = await openPage(browser));
    await signIn(page, node.url);
  });
  afterEach(async () => {
    await page.context().close();
    await node.close();
    expect(faults).toEqual([]);
  });
  const go = (path: string) => page.goto(`${node.url}/desk/${path}`);
  const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click();

  it("loads the conversations with at most 200 kB of JavaScript (gzip)", async () => {
    loaded.length = 0;
    page.on("request", (request) => request.url().endsWith(".js") && loaded.push(request.url()));
    await go("conversations");
    await page.locator("[data-row]").first().waitFor();
    const assets = join(builtDesk(), "assets");
    const known = readdirSync(assets);
    const bytes = loaded
      .map((url) => url.split("/").pop() ?? "")
      .filter((name) => known.includes(name))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_LIMIT_BYTES);
  });

  it("tries a question and says why", async () => {
    await go("knowledge");
    await press("Ausprobieren");
    await page.getByText("Ohne Frage keine Antwort.").waitFor();
    await page.getByLabel("Frage, wie Kundinnen und Kunden sie stellen").fill("Wann kommt mein Bräter?");
    await press("Ausprobieren");
    await page.getByText("Der Automat würde antworten.").waitFor();
    await page.getByRole("img", { name: "Sicherheit 0,91. Auswahl ab 0,45, Antwort ab 0,80." }).waitFor();
    expect(await page.getByRole("region", { name: "Wörter dafür" }).textContent()).toContain("wann");
    expect(await page.getByRole("region", { name: "Wörter dagegen" }).textContent()).toContain("deckel");
  });

  it("writes a topic with answers, a button and examples, one a line", async () => {
    await go("knowledge/new");
    await press("Thema speichern");
    await page.getByText("Ein Titel wird gebraucht.").waitFor();
    await page.getByLabel("Titel auf Deutsch").fill("Tausch ohne Karton");
    await page.getByLabel("Text").first().fill("Ohne Karton ist kein Problem.");
    await press("Knopf hinzufügen");
    await page.getByLabel("Aufschrift 1").fill("Umtausch");
    await page.getByLabel("Führt zu 1").selectOption("exchange");
    const examples = page.getByLabel("Fragen, eine je Zeile").first();
    await examples.fill("Der Karton ist weg\nSchachtel verloren\n\nSchachtel verloren");
    await press("Thema speichern");
    await page.getByText("Gespeichert. Das Training läuft.").waitFor();
    await page.waitForURL(/knowledge\/\d+$/);
    expect(await page.getByLabel("Kennung").inputValue()).toBe("tausch_ohne_karton");
    expect((await page.getByLabel("Fragen, eine je Zeile").first().inputValue()).split("\n")).toEqual([
      "Der Karton ist weg",
      "Schachtel verloren",
    ]);
  });

  it("makes a topic of an open question whose words stand in no address", async () => {
    await go("knowledge");
    await page
      .getByRole("link", { name: "Antworten: Ich möchte tauschen, aber der Karton ist weg." })
      .click();
    await page.waitForURL(/knowledge\/new\?conversation=1&question=A{43}$/);
    await press("Weiter zur Antwort");
    await page.getByText("Ein Titel wird gebraucht.").waitFor();
    await page.getByLabel("Titel auf Deutsch").fill("Ohne Karton");
    await press("Weiter zur Antwort");
    await page.waitForURL(/knowledge\/\d+$/);
    expect(await page.getByLabel("Titel auf Deutsch").inputValue()).toBe("Ohne Karton");
    expect(await page.getByLabel("Fragen, eine je Zeile").first().inputValue()).toBe("Der Karton ist weg");
  });

  it("imports CSV with what was left out and why, and exports both files", async () => {
    await go("knowledge/files");
    await press("Dateien einlesen");
    await page.getByText("Wählen Sie die Datei mit den Beispielfragen.").waitFor();
    await page.getByLabel("Beispielfragen", { exact: true }).setInputFiles({
      name: "fragen.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("text,intent\nWo?,where\nWann?,when\n"),
    });
    await press("Dateien einlesen");
    await page.getByText(/Eingelesen\. Themen: 3/).waitFor();
    await page.getByRole("cell", { name: "Keine Absicht in der Zeile." }).waitFor();
    const [first] = await Promise.all([page.waitForEvent("download"), press("Beide Dateien laden")]);
    expect(first.suggestedFilename()).toMatch(/examples|answers/);
  });

  it("changes the company; Sie becomes du at once", async () => {
    await go("settings/company");
    await page.getByRole("group", { name: "Team an diesem Arbeitsplatz" }).getByLabel("Du").check();
    const monday = page.getByLabel("Montag ab");
    await monday.fill("930");
    await monday.blur();
    expect(await monday.inputValue()).toBe("09:30");
    await page.getByText("Es gibt ungespeicherte Änderungen.").waitFor();
    // Days as the desk's language writes them, whatever the browser's is.
    const closed = page.getByLabel("Außerdem geschlossen am");
    await closed.fill("24.13.2031");
    await closed.blur();
    await page.getByText("Das ist kein Datum. Zum Beispiel 24.12.2026.").waitFor();
    await closed.fill("24.12.2031");
    await press("Tag hinzufügen");
    await page.getByText("24.12.2031", { exact: true }).waitFor();
    expect(await closed.inputValue()).toBe("");
    await press("Änderungen speichern");
    await page.getByText("Alles ist gespeichert.").waitFor();
    expect(node.world.company.teamFormOfAddress).toBe("du");
    expect(node.world.company.closedDays).toContain("2031-12-24");
    expect(node.world.company.openingHours[0]).toEqual({ weekday: 1, from: "09:30", to: "21:00" });
    await go("conversations");
    await page.getByText("Du bist dran").first().waitFor();
  });

  it("adds a colleague and shows the one-time password once", async () => {
    await go("settings/staff");
    await page.getByLabel("Name", { exact: true }).fill("Fiete Ahrens");
    await page.getByLabel("E-Mail").fill("fiete@hansekontor.example");
    await press("Person hinzufügen");
    await page.getByText("Ufer-7421-Kran").waitFor();
    await page.getByText("fiete@hansekontor.example").waitFor();
    await go("settings/staff");
    await page.getByText("fiete@hansekontor.example").waitFor();
    expect(await page.getByText("Ufer-7421-Kran").count()).toBe(0);
  });

  it("says in words how channels are, checks one, connects a web page", async () => {
    await go("settings/channels");
    for (const words of ["Läuft", "Mit Einschränkung", "Gestört"])
      await page.getByText(words, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Jetzt prüfen" }).last().click();
    await page.getByText(/Telegram antwortet: Unauthorized/).waitFor();
    await page.getByRole("button", { name: "Web", exact: true }).click();
    await page.getByLabel("Erlaubte Webseiten, eine je Zeile").fill("laden.example");
    await press("Verbinden");
    await page.getByText(/data-key="hk_web_neu"/).waitFor();
    expect(node.world.channels.at(-1)?.address).toBe("https://laden.example");
  });

  it("deletes a text block with undo, makes an API key whose secret is shown once, asks before revoking", async () => {
    await go("settings/text-blocks");
    await press("Gruß löschen");
    await page.getByText("Gruß gelöscht.").waitFor();
    await press("Rückgängig");
    await expect.poll(() => node.world.textBlocks.map(({ title }) => title)).toContain("Gruß");
    await go("settings/api-keys");
    await page.getByLabel("Wofür").fill("Kasse Ottensen");
    await press("Schlüssel erzeugen");
    await page.getByText("ah_91c0e24d7f3a_Il1O08B").waitFor();
    await press("Widerrufen");
    await page.getByRole("dialog").getByRole("button", { name: "Schlüssel behalten" }).click();
    expect(node.calls.some((call) => call.startsWith("DELETE /api/v1/api-keys"))).toBe(false);
  });

  it("keeps preferences: language, brightness, density", async () => {
    await go("settings/me");
    await page.getByLabel("dunkel").check();
    await page.getByLabel("dicht").check();
    await page.getByLabel("English").check();
    await page.getByRole("heading", { name: "My preferences" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "My preferences" }).waitFor();
    expect(
      await page.evaluate(() => ({
        ...document.documentElement.dataset,
        lang: document.documentElement.lang,
      })),
    ).toMatchObject({ theme: "dark", density: "dicht", lang: "en" });
    await press("Sign out");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("says whose a room is to an agent who came by a link", async () => {
    await page.route(/\/api\/v1\/me$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), role: "agent" } });
    });
    await go("settings/registers");
    await page.getByText("Diese Seite sehen Leitung und Inhaber.").waitFor();
    await go("settings/channels");
    await page.getByRole("heading", { name: "Kanäle" }).waitFor();
  });

  it("settles what was not understood", async () => {
    await go("parked");
    await press("Noch einmal verarbeiten");
    await page.getByRole("heading", { name: "Alles verstanden" }).waitFor();
  });
});
