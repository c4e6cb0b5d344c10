import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { fakeSettings } from "../../src/web/widget/testing/fake-company.ts";
import { type FakeNode, startFakeNode } from "../../src/web/widget/testing/fake-node.ts";
import { ANSWER, hands, QUESTION, type Visit, visit } from "../../src/web/widget/testing/visit.ts";

/** Keyboard, menu and form of address of the opened chat. */

let browser: Browser;
let node: FakeNode;
let guest: Visit;

let hand: ReturnType<typeof hands>;

const soon = { timeout: 10_000, interval: 25 };

describe.skipIf(!chromiumPath())("controls", () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    node = await startFakeNode(builtPages());
    guest = await visit(browser, node);
    hand = hands(guest);
  });
  afterEach(async () => {
    expect(guest.faults).toEqual([]);
    await guest.leave();
    await node.close();
  });

  describe("keyboard", () => {
    it("opens, closes by Escape, gives the focus back, and counts what came meanwhile", async () => {
      const active = () =>
        guest.page.evaluate(
          () => document.querySelector("augenhoehe-chat")?.shadowRoot?.activeElement?.className,
        );
      const button = guest.page.locator("augenhoehe-chat .ask");
      await button.waitFor();
      await guest.page.keyboard.press("Tab");
      await guest.page.keyboard.press("Tab");
      expect(await active()).toBe("ask");
      expect(await button.getAttribute("aria-expanded")).toBe("false");
      await guest.page.keyboard.press("Enter");
      await guest.page.getByRole("dialog").waitFor();
      expect(await active()).toBe("panel");
      await hand.write("Moin");
      await hand.log.getByText(ANSWER).waitFor();
      await guest.page.keyboard.press("Escape");
      await vi.waitFor(async () => expect(await active()).toBe("ask"), soon);
      node.conversation().say("Noch etwas");
      await guest.page.getByRole("button", { name: "1 neue Nachricht" }).waitFor();
      await guest.page.keyboard.press("Enter");
      await hand.log.getByText("Noch etwas").waitFor();
    });

    it("walks through everything in the opened chat by Tab", async () => {
      await hand.openChat();
      const seen = new Set<string>();
      for (let step = 0; step < 20; step += 1) {
        await guest.page.keyboard.press("Tab");
        seen.add(
          await guest.page.evaluate(() => {
            const found = document.querySelector("augenhoehe-chat")?.shadowRoot?.activeElement;
            return found?.getAttribute("aria-label") ?? found?.textContent ?? "";
          }),
        );
      }
      const wanted = [
        "Menü",
        "Gespräch schließen",
        "Mensch holen",
        QUESTION,
        "Bild oder Datei anhängen",
        "Nachricht",
        "Nachricht senden",
      ];
      expect([...seen]).toEqual(expect.arrayContaining(wanted));
    });
  });

  describe("menu", () => {
    it("switches the language and keeps it", async () => {
      await hand.openChat();
      await hand.greet();
      await guest.page.getByRole("button", { name: "Menü" }).click();
      await guest.page.getByRole("radio", { name: "English" }).check();
      await guest.page.getByText("Automatic answers", { exact: true }).waitFor();
      await guest.page.reload();
      await guest.page.getByRole("button", { name: "Frage stellen" }).click();
      await guest.page.getByText("Automatic answers", { exact: true }).waitFor();
    });

    it("saves the conversation as text", async () => {
      await hand.openChat();
      await hand.greet();
      await guest.page.getByRole("button", { name: "Menü" }).click();
      const [download] = await Promise.all([
        guest.page.waitForEvent("download"),
        guest.page.getByRole("button", { name: "Gespräch als Text speichern" }).click(),
      ]);
      const stream = await download.createReadStream();
      const text = Buffer.concat(await stream.toArray()).toString();
      expect(text).toContain(`Hansekontor, Automatisch\n${ANSWER}`);
      expect(text).toMatch(/· Sie\nMoin/);
    });

    it("deletes the conversation from this browser after asking", async () => {
      await hand.openChat();
      await hand.greet();
      await guest.page.getByRole("button", { name: "Menü" }).click();
      await guest.page.getByRole("button", { name: "Aus diesem Browser löschen" }).click();
      await guest.page.getByRole("button", { name: "Löschen", exact: true }).click();
      await guest.page.getByRole("button", { name: QUESTION }).waitFor();
      expect(await hand.stored()).toEqual({});
      await vi.waitFor(() => expect(node.conversation().openStreams).toBe(0), soon);
    });
  });

  it("addresses customers the way the company does", async () => {
    node.settings = fakeSettings({ formOfAddress: "du" });
    await hand.openChat();
    await guest.page.getByPlaceholder("Oder schreib es uns").waitFor();
    const text = await guest.page.locator(".panel").textContent();
    expect(text).not.toMatch(/\bSie\b/);
  });
});
