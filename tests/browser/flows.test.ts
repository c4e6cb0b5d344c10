import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { sharedNode } from "../shared-node.ts";

/** The owner writes a flow on a real node: faults, drawing, a trial that lights its path, live, changed, back. */

describe.skipIf(!chromiumPath())("flow editor", () => {
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let base: string;
  const name = `browser_${Date.now().toString(36)}`;
  const text = `flow ${name}
  title
    de: Prüfung ${name}
    en: Check ${name}
  start
    de: ${name} bitte
    en: ${name} please

slot order: order

step begin
  ask order
    de: Wie lautet die Nummer?
    en: What is the number?
  call GET "https://shop.example/orders/{order}"
    timeout 5 s
    read state as state
    failed -> nobody
  if state is sent -> sent
  -> nobody

step sent
  say
    de: {order} ist unterwegs.
    en: {order} is on its way.
  -> end

step nobody
  hand over

example Unterwegs
  language de
  customer: 20417
  service: 200 {"state":"sent"}
  bot: 20417 ist unterwegs.
  ends: done
`;

  beforeAll(async () => {
    builtDesk();
    const { report } = await sharedNode();
    base = new URL("/", report.desk).origin;
    browser = await launchChromium();
    ({ page, faults } = await openPage(browser));
    if (!report.signIn) throw new Error("The demo has no sign-in");
    await signIn(page, base, report.signIn);
  });
  afterAll(() => browser.close());

  const field = () => page.getByLabel("Text des Ablaufs");
  const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();

  it("names a fault by its place, and goes there", async () => {
    await page.goto(`${base}/desk/knowledge/flows`);
    await page
      .getByRole("link", { name: "Rücksendung", exact: false })
      .or(page.getByText("return_parcel"))
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Ablauf anlegen" }).click();
    await page.getByText("Keine Fehler.").waitFor();
    await field().fill(text.replace("  -> nobody\n\nstep sent", "\nstep sent"));
    const fault = page.getByRole("button", { name: /Zeile 11, Spalte 1.*Der Schritt begin sagt nicht/ });
    await fault.click();
    expect(
      await field().evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    ).toBe("step begin");
    expect(await page.getByRole("button", { name: "Live nehmen" }).isDisabled()).toBe(true);
  });

  it("draws the flow beside the text, and lights the path of a trial", async () => {
    await field().fill(text);
    await page.getByText("Keine Fehler.").waitFor();
    const drawing = page.getByRole("img", { name: "Zeichnung des Ablaufs, 3 Schritte" });
    await drawing.waitFor();
    expect(await drawing.locator("text").allTextContents()).toEqual(
      expect.arrayContaining(["begin", "sent", "nobody", "fertig", "keine Antwort"]),
    );
    await page.getByLabel("Nachricht").fill(`${name}, Nummer 20417`);
    await page.keyboard.press("Enter");
    await page.getByText("Der Dienst wird gefragt: GET https://shop.example/orders/{order}").waitFor();
    await page.getByLabel("Antwort des Dienstes (JSON)").fill('{"state":"sent"}');
    await press("Antworten lassen");
    await page.getByText("HK-20417 ist unterwegs.", { exact: true }).waitFor();
    await page.getByText("Fertig", { exact: true }).waitFor();
    const lit = await drawing.locator("rect.fill-accent-soft, rect.fill-beacon").count();
    expect(lit).toBe(3);
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("goes live, is changed, and goes back", async () => {
    await press("Live nehmen");
    await page.getByText("Fassung 1 ist live.").waitFor();
    await page.waitForURL(/knowledge\/flows\/\d+$/);
    await field().fill(text.replaceAll("ist unterwegs.", "kommt bald."));
    await page.getByText("Es gibt ungespeicherte Änderungen.").waitFor();
    await press("Live nehmen");
    await page.getByText("Fassung 2 ist live.").waitFor();
    await page.getByRole("tab", { name: "Fassungen" }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Fassung 1" })
      .getByRole("button", { name: "Wieder live" })
      .click();
    await page.getByText("Fassung 1 ist wieder live.").waitFor();
    await page.getByRole("tab", { name: "Beispiele" }).click();
    await page.getByText("wie geschrieben").waitFor();
    await page.goto(`${base}/desk/knowledge/flows`);
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText("live, Fassung 1").waitFor();
    await row.getByText("Entwurf ist weiter").waitFor();
    await press("Schlüssel zeigen");
    await page
      .locator("code")
      .filter({ hasText: /^[\w-]{43}$/ })
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("keeps what two people write: nobody's draft is overwritten, and no text is lost by leaving", async () => {
    await page.getByRole("link", { name: `Prüfung ${name}` }).click();
    await field().waitFor();
    const mine = text.replaceAll("ist unterwegs.", "ist auf dem Weg.");
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel("Text des Ablaufs").fill(text.replaceAll("ist unterwegs.", "ist fort."));
    await field().fill(mine);
    await other.getByRole("button", { name: "Entwurf speichern" }).click();
    await other.getByText("Entwurf gespeichert.").waitFor();
    await other.close();
    // Whether the live feed or the refused save tells it first.
    const card = page.getByRole("alert").filter({ hasText: "Jemand anderes hat diesen Ablauf gespeichert" });
    const save = page.getByRole("button", { name: "Entwurf speichern" });
    await save.click({ timeout: 3_000 }).catch(() => undefined);
    await card.waitFor();
    expect(await field().inputValue()).toBe(mine);
    expect(await card.locator("pre").textContent()).toContain("ist fort.");
    await page.getByRole("link", { name: "Abläufe", exact: true }).first().click();
    await page.getByRole("dialog", { name: "Ungespeicherten Text verlassen?" }).waitFor();
    await press("Hier bleiben");
    expect(await faultsOf(page)).toEqual([]);
    await press("Meinen Text behalten");
    await save.click();
    await page.getByText("Entwurf gespeichert.").waitFor();
    expect(await field().inputValue()).toBe(mine);
    await page.goto(`${base}/desk/knowledge/flows`);
    expect(faults).toEqual([]);
  });

  it("is a list on a phone, without a bar to scroll sideways", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("link", { name: `Prüfung ${name}` }).click();
    await page.getByRole("button", { name: /Schritt begin, Zeile 11/ }).waitFor();
    expect(await page.getByRole("img", { name: /Zeichnung/ }).isVisible()).toBe(false);
    expect(await faultsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
