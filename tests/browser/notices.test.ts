import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { type FakeNode, startFakeNode } from "../../src/web/desk/testing/fake-node.ts";
import { seedWorld } from "../../src/web/desk/testing/seed.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";

/** Notices and consents at the desk, on a node that speaks the contracts from memory. */

describe.skipIf(!chromiumPath())("notices at the desk", () => {
  let browser: Browser;
  let node: FakeNode;
  let page: Page;
  let faults: string[];

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
  const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).first().click();
  const answer = (name: string) => page.getByRole("dialog").getByRole("button", { name }).click();
  const card = (name: string) => page.locator("section").filter({ has: page.getByRole("heading", { name }) });
  const told = () => node.world.told;

  it("writes a notice by keyboard, shows what is read and by how many, sends it and stops it", async () => {
    await go("notices/new");
    await press("Entwurf speichern");
    for (const fault of ["Wählen Sie ein Thema.", "Ein Titel wird gebraucht.", /^Ohne Text in einer Sprache/])
      await page.getByText(fault).waitFor();
    await page.getByLabel("Thema", { exact: true }).selectOption("Störungen im Netz");
    await page.getByLabel("Titel", { exact: true }).fill("U3 gesperrt");
    const line = page.getByRole("combobox", { name: "Linie" });
    await line.fill("U9");
    await line.press("Enter");
    await page.getByText("„Linie“ kennt diesen Wert nicht.").waitFor();
    await line.fill("u3");
    await line.press("Enter");
    await page.getByLabel("Text auf Deutsch").fill("Die U3 steht.");
    await press("Entwurf speichern");
    await page.waitForURL(/notices\/6$/);
    expect(told().notices.at(-1)).toMatchObject({
      values: { line: ["U3"] },
      texts: { de: "Die U3 steht.", en: null },
    });
    await page.getByText("2.140 Personen", { exact: true }).waitFor();
    await page.getByRole("row", { name: /WhatsApp Laden Englisch geht nicht 90/ }).waitFor();
    await page.getByLabel("So liest es sich in").selectOption({ index: 1 });
    await page.getByText("Vorlage stoerung_linie").waitFor();
    await press("Jetzt senden");
    await page.getByRole("dialog", { name: "Jetzt an 2.140 Personen senden?" }).waitFor();
    await answer("Jetzt senden");
    await page.getByText("von 2.140 Personen erledigt").waitFor();
    await press("Anhalten");
    await answer("Anhalten");
    await page.getByText("angehalten", { exact: true }).waitFor();
    expect(told().notices.at(-1)?.state).toBe("stopped");
  });

  it("shows progress as it moves, and why some did not get it", async () => {
    await go("notices/2");
    await page.getByText("1.610", { exact: true }).waitFor();
    await page.getByRole("progressbar", { name: "Anteil, der erledigt ist" }).waitFor();
    await page.getByRole("row", { name: "Erlaubnis zurückgenommen 4" }).waitFor();
    const counts = told().counts.get(2);
    if (counts) told().counts.set(2, { ...counts, waiting: 0, queued: 0, read: 1070, replied: 31 });
    await page.getByText("2.140", { exact: true }).waitFor({ timeout: 8_000 });
    await page.getByText("31", { exact: true }).waitFor();
  });

  it("sends at a time that is yet to come, and lets it be changed until then", async () => {
    await go("notices/1");
    await page.getByLabel("Oder zu einer Zeit").fill("2020-01-01T08:00");
    await press("Planen");
    await page.getByText("Die Zeit muss noch kommen.").waitFor();
    await page.getByLabel("Oder zu einer Zeit").fill("2099-07-01T08:00");
    await press("Planen");
    await answer("Planen");
    await page.getByText(/Geht raus: /).waitFor();
    // Summer in Berlin is two hours before UTC.
    expect(told().notices[0]?.scheduledAt).toBe("2099-07-01T06:00:00.000Z");
    await press("Ändern");
    await page.getByLabel("Titel", { exact: true }).fill("U3 gesperrt ab Dienstag");
    await press("Entwurf speichern");
    await page.getByRole("heading", { name: "U3 gesperrt ab Dienstag" }).waitFor();
    expect(told().notices[0]?.state).toBe("draft");
  });

  it("sends nothing that was not saved", async () => {
    await go("notices/1");
    await page.getByLabel("Text auf Deutsch").fill("Etwas anderes.");
    await page.getByText("Es gibt ungespeicherte Änderungen.").waitFor();
    await press("Jetzt senden");
    await page.getByText("Speichern Sie zuerst. Gesendet wird, was gespeichert ist.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await press("Entwurf speichern");
    await page.getByText("Entwurf gespeichert.").waitFor();
    await press("Jetzt senden");
    await page.getByRole("dialog").waitFor();
  });

  it("four eyes: somebody else releases, and what was released may be sent", async () => {
    const [draft] = told().notices;
    if (draft) draft.needsRelease = true;
    await go("notices/1");
    await page.getByText("Geschrieben von Piet Harms. Jemand anderes gibt frei").waitFor();
    expect(await page.getByRole("button", { name: "Jetzt senden" }).count()).toBe(0);
    await press("Freigeben");
    await page.getByText("Freigegeben von Jana Petersen.").waitFor();
    await page.getByRole("button", { name: "Jetzt senden" }).waitFor();
    if (draft) Object.assign(draft, { createdBy: "jana", needsRelease: true, releasedBy: null });
    await page.reload();
    await press("Freigeben");
    await page.getByText("Eine Regel verbietet das.").waitFor();
    expect(draft?.releasedBy).toBeNull();
  });

  it("tries it on one person, or says why not", async () => {
    await go("notices/1");
    await page.getByLabel("An wen").fill("a");
    await page.getByRole("button", { name: /^Probe senden an Katrin Brandt/ }).click();
    await page.getByText("Die Probe ist unterwegs.").waitFor();
    await page
      .getByRole("button", { name: /^Probe senden an (?!Katrin)/ })
      .first()
      .click();
    await page.getByText("Die Probe ging nicht raus. Keine Erlaubnis").waitFor();
  });

  it("makes a topic with a choice, and ends one only after the question who is told", async () => {
    await go("notices/topics/new");
    await press("Thema speichern");
    await page.getByText("Ein Titel wird gebraucht. Er steht im Katalog.").waitFor();
    await page.getByLabel("Titel auf Deutsch").fill("Neue Bücher");
    await press("Auswahl hinzufügen");
    await page.getByLabel("Name auf Deutsch").fill("Autorin");
    await page.getByLabel("Was es ist").selectOption("author");
    await page.getByLabel("0 Werte").fill("Juli Zeh\nlem; Stanisław Lem");
    await press("Thema speichern");
    await page.waitForURL(/notices\/topics$/);
    expect(told().topics.at(-1)).toMatchObject({
      slug: "neue-buecher",
      parameters: [{ key: "autorin", kind: "author", values: [{ value: "Juli Zeh" }, { value: "lem" }] }],
    });
    await page.getByRole("link", { name: "Störungen im Netz", exact: true }).click();
    await press("Thema beenden");
    await page.getByText("2.140 Personen haben es bestellt.").waitFor();
    await answer("Thema behalten");
    expect(told().topics.map(({ id }) => id)).toContain(1);
  });

  it("enters a template with what fills its places", async () => {
    await go("notices/templates");
    await page.getByText("Low quality score").waitFor();
    await page.getByLabel("Name beim Anbieter").fill("Neue Bücher");
    await page.getByLabel("Text", { exact: true }).fill("{{1}} gibt es jetzt bis {{2}}.");
    await page.getByLabel("{{2}}").selectOption("until");
    await press("Vorlage eintragen");
    await page.getByText(/Ein Name wie stoerung_linie/).waitFor();
    await page.getByLabel("Name beim Anbieter").fill("neue_buecher");
    await press("Vorlage eintragen");
    await page.getByText("3 Vorlagen").waitFor();
    expect(told().templates.at(-1)).toMatchObject({ name: "neue_buecher", variables: ["text", "until"] });
  });

  it("tries a source before it is kept, and shows a webhook's secret once", async () => {
    await go("notices/sources/new");
    await page.getByLabel("Adresse", { exact: true }).fill("http://10.0.0.7/alerts.pb");
    await press("Ausprobieren");
    await page.getByText("Diese Adresse liegt in einem privaten Netz.").waitFor();
    await page.getByLabel("Adresse", { exact: true }).fill("https://verkehr.example/alerts.pb");
    await press("Ausprobieren");
    await page.getByText("Signalstörung bei Barmbek").waitFor();
    await page.getByLabel("Thema", { exact: true }).selectOption("Störungen im Netz");
    await page.getByLabel("„Linie“ steht bei der Quelle unter").fill("line");
    await page.getByText("zum Beispiel U3").waitFor();
    await page.getByLabel("Art").selectOption("webhook");
    await page.getByLabel("Name im Haus").fill("Leitstelle Nord");
    await press("Quelle speichern");
    await page.getByText("whsec_7f3a91c0Il1O08B").waitFor();
    await page.waitForURL(/notices\/sources\/4$/);
    await page.getByText(`${node.url}/api/v1/notice-sources/inbound/1-4`).waitFor();
    expect(told().sources.at(-1)).toMatchObject({ kind: "webhook", url: null, mapping: { line: "line" } });
    await page.reload();
    await page.getByRole("heading", { name: "Leitstelle Nord" }).waitFor();
    expect(await page.getByText("whsec_7f3a91c0Il1O08B").count()).toBe(0);
  });

  it("keeps the rules: quiet hours, a daily limit, four eyes", async () => {
    await go("notices/rules");
    await page.getByLabel("Hinweise in 24 Stunden").fill("0");
    await page.getByText("Eine ganze Zahl ab 1.").waitFor();
    await page.getByLabel("Hinweise in 24 Stunden").fill("12");
    const from = page.getByLabel("Von", { exact: true });
    await from.fill("25 Uhr");
    await from.blur();
    expect(await from.inputValue()).toMatch(/^\d\d:\d\d$/);
    await from.fill("2130");
    await page.getByRole("switch", { name: "Vier Augen" }).click();
    await press("Regeln speichern");
    await page.getByText("Regeln gespeichert.").waitFor();
    expect(told().settings).toMatchObject({ capPerDay: 12, needsFourEyes: true, quiet: { from: "21:30" } });
  });

  it("takes a person's consent back at once, and records a new one only with its evidence", async () => {
    await go("conversations/1");
    // A purpose is a sentence; before the topic it has no full stop.
    const consent = page.getByRole("switch", { name: "Bestellte Hinweise: Störungen" });
    await consent.click();
    await page.getByText("Erlaubnis zurückgenommen.").waitFor();
    expect(told().grants[0]?.withdrawnHow).toBe("staff");
    await expect.poll(() => consent.getAttribute("aria-checked")).toBe("false");
    await consent.click();
    expect(await page.getByLabel("Worte, denen die Person zugestimmt hat").inputValue()).toMatch(
      /^Ja, Hansekontor/,
    );
    await press("Erlaubnis festhalten");
    await page.getByText("Ohne Nachweis gilt keine Erlaubnis.").waitFor();
    await page.getByLabel("Wie und wann sie zugestimmt hat").fill("Am Telefon, 14:20 Uhr");
    await press("Erlaubnis festhalten");
    await page.getByText("Erlaubnis festgehalten.").waitFor();
    expect(told().grants.at(-1)).toMatchObject({ how: "staff", topic: "stoerungen", withdrawnAt: null });
    await page.getByRole("button", { name: "7 Tage Pause: Störungen im Netz: U3" }).click();
    await page.getByRole("button", { name: "Fortsetzen: Störungen im Netz: U3" }).waitFor();
    expect(told().subscriptions[0]?.pausedUntil).not.toBeNull();
    await page.getByRole("button", { name: "Abbestellen: Störungen im Netz: U3" }).click();
    await page.getByText("Nichts bestellt.").waitFor();
  });

  it("a failure says what is kept, and the same press works afterwards", async () => {
    await go("notices/1");
    await page.getByLabel("Titel", { exact: true }).fill("Anders");
    node.refuse(/PUT \/api\/v1\/notices\/1$/, 503, "busy", 1);
    await press("Entwurf speichern");
    await page.getByText("Der Knoten startet gerade oder ist überlastet.").waitFor();
    expect(await page.getByLabel("Titel", { exact: true }).inputValue()).toBe("Anders");
    await press("Entwurf speichern");
    await page.getByText("Entwurf gespeichert.").waitFor();
    expect(await card("Versand").count()).toBe(1);
  });
});
