import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { fakeSettings, WIDGET_KEY } from "../../src/web/widget/testing/fake-company.ts";
import { type FakeNode, startFakeNode } from "../../src/web/widget/testing/fake-node.ts";
import { ANSWER, hands, QUESTION, type Visit, visit } from "../../src/web/widget/testing/visit.ts";

/** The widget on a foreign site with the documented policy, against a node that speaks the visitor's contract. */

const KEPT = `augenhoehe:${WIDGET_KEY}:`;

let browser: Browser;
let node: FakeNode;
let guest: Visit;

let hand: ReturnType<typeof hands>;

const soon = { timeout: 10_000, interval: 25 };

describe.skipIf(!chromiumPath())("customer", () => {
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

  describe("before the click", () => {
    it("asks the node for the loader and nothing else, and stores nothing", async () => {
      await guest.page.getByRole("button", { name: "Frage stellen" }).waitFor();
      expect(guest.requests.filter((url) => url.startsWith(node.base))).toEqual([`${node.base}widget.js`]);
      expect(node.requests).toEqual([]);
      expect(await hand.stored()).toEqual({});
      expect(await guest.context.cookies()).toEqual([]);
    });

    it("leaves no name behind in the foreign page", async () => {
      await guest.page.getByRole("button", { name: "Frage stellen" }).waitFor();
      const names = await guest.page.evaluate(() => {
        const frame = document.createElement("iframe");
        document.body.append(frame);
        const known = new Set(Object.getOwnPropertyNames(frame.contentWindow));
        return Object.getOwnPropertyNames(window).filter((name) => !known.has(name) && !/^\d+$/.test(name));
      });
      expect(names.filter((name) => !name.startsWith("__playwright"))).toEqual([]);
    });

    it("says so when the chat cannot be loaded, and loads it at the next press", async () => {
      await guest.page.route("**/widget/chat.js", (route) => route.abort());
      await guest.page.getByRole("button", { name: "Frage stellen" }).click();
      await guest.page.getByText("Das Gespräch ließ sich nicht laden").waitFor();
      await guest.page.unroute("**/widget/chat.js");
      await hand.openChat();
      guest.faults.length = 0;
    });
  });

  it("two clicks from the page to the answer", async () => {
    let clicks = 0;
    const press = async (name: string) => {
      await guest.page.getByRole("button", { name }).click();
      clicks += 1;
    };
    await press("Frage stellen");
    await press(QUESTION);
    await hand.log.getByText(ANSWER).waitFor();
    expect(clicks).toBe(2);
    await guest.page.getByText("Automatisch · Quelle: Lieferstatus").waitFor();
    await hand.log.getByText("zugestellt").waitFor();
    expect(node.conversation().received).toHaveLength(1);
    expect(node.conversation().received[0]).toMatchObject({
      text: QUESTION,
      choice: "topic:1",
      language: "de",
    });
  });

  it("asks below an answer whether it helped, and says what is pressed; below a question it asks nothing", async () => {
    await hand.openChat();
    await hand.greet();
    const yes = guest.page.getByRole("button", { name: "Hat das geholfen? Ja" });
    await yes.waitFor();
    const conversation = node.conversation();
    conversation.say("Wie lautet Ihre Bestellnummer?", { source: "Lieferstatus", isAsking: true });
    await hand.log.getByText("Wie lautet Ihre Bestellnummer?").waitFor();
    expect(await yes.count()).toBe(0);
    conversation.say("Sie kommt heute.", { source: "Lieferstatus" });
    await guest.page.getByRole("button", { name: "Hat das geholfen? Nein" }).click();
    await hand.log.getByText("Nein, das hat nicht geholfen.").waitFor();
    await expect
      .poll(() => conversation.received.at(-1)?.text, { timeout: 10_000 })
      .toBe("Nein, das hat nicht geholfen.");
    // A person has it: whether the automaton's answer helped is no question any more.
    conversation.setState({ speaker: "person", personName: "Jana" });
    await guest.page.getByText("Jana").first().waitFor();
    expect(await yes.count()).toBe(0);
  });

  it("stores a random key only when the customer speaks, and shows it to the node in the header only", async () => {
    await hand.openChat();
    expect(await hand.stored()).toEqual({});
    expect(node.visitors.size).toBe(0);
    await hand.write("Moin");
    await hand.log.getByText(ANSWER).waitFor();
    const key = (await hand.stored())[`${KEPT}visitor`] ?? "";
    expect(key).toMatch(/^[\w-]{43}$/);
    expect([...node.visitors.keys()]).toEqual([key]);
    expect(guest.requests.filter((url) => url.includes(key))).toEqual([]);
    expect(await guest.context.cookies()).toEqual([]);
  });

  it("tells the node what was read", async () => {
    await hand.openChat();
    await hand.greet();
    const answer = node.conversation().messages.find(({ author }) => author === "bot");
    await vi.waitFor(
      () => expect(node.conversation().seen).toContainEqual({ ids: [answer?.id], status: "read" }),
      soon,
    );
  });

  describe("without connection", () => {
    it("keeps what was typed and sends it once when the network is back", async () => {
      await hand.openChat();
      await hand.greet();
      await guest.context.setOffline(true);
      await hand.write("Ohne Netz geschrieben");
      await guest.page.getByText("noch nicht gesendet").waitFor();
      await guest.page.getByText("Ihr Gerät hat gerade kein Netz").waitFor();
      await guest.page.getByText("Keine Verbindung. Nichts geht verloren.").waitFor();
      await guest.context.setOffline(false);
      await vi.waitFor(() => expect(node.conversation().messages).toHaveLength(4), soon);
      const sent = node.conversation().received.filter(({ text }) => text === "Ohne Netz geschrieben");
      expect(sent).toHaveLength(1);
      await vi.waitFor(
        async () => expect(await guest.page.getByText("noch nicht gesendet").count()).toBe(0),
        soon,
      );
    });

    it("keeps it across a reload, with the same client id", async () => {
      await hand.openChat();
      node.fail = { status: 503, times: 1_000 };
      await hand.write("Vor dem Neuladen");
      await guest.page.getByText("nimmt gerade keine Nachrichten an").waitFor();
      const kept = JSON.parse((await hand.stored())[`${KEPT}queue`] ?? "[]") as { clientId: string }[];
      expect(kept).toHaveLength(1);
      node.fail = null;
      await guest.page.reload();
      await hand.openChat();
      await hand.log.getByText(ANSWER).waitFor();
      expect(node.conversation().received.map(({ clientId }) => clientId)).toEqual([kept[0]?.clientId]);
      expect((await hand.stored())[`${KEPT}queue`]).toBeUndefined();
    });

    it("stands there once when the node took it and its answer got lost", async () => {
      node.losesReplies = 2;
      await hand.openChat();
      await hand.write("Einmal gesagt");
      await hand.log.getByText(ANSWER).waitFor();
      expect(node.conversation().received.length).toBeGreaterThan(1);
      expect(node.conversation().messages.filter(({ author }) => author === "customer")).toHaveLength(1);
      await vi.waitFor(async () => expect(await hand.log.getByText("Einmal gesagt").count()).toBe(1), soon);
    });

    it("waits as long as the node asks when there were too many messages", async () => {
      await hand.openChat();
      node.fail = { status: 429, retryAfter_s: 1, times: 1 };
      await hand.write("Zu schnell");
      await guest.page.getByText("Das waren viele Nachrichten hintereinander").waitFor();
      await hand.log.getByText(ANSWER).waitFor();
      expect(node.conversation().received).toHaveLength(1);
    });

    it("misses nothing when the stream breaks", async () => {
      await hand.openChat();
      await hand.greet();
      node.conversation().cut();
      node.conversation().say("Während der Lücke gesagt");
      await hand.log.getByText("Während der Lücke gesagt").waitFor();
      expect(await hand.log.getByText(ANSWER).count()).toBe(1);
    });
  });

  it("says what happened, what is kept and what to do when the chat cannot be opened", async () => {
    node.fail = { status: 500, times: 1 };
    await guest.page.getByRole("button", { name: "Frage stellen" }).click();
    for (const row of ["Was passiert ist", "Was erhalten ist", "Was Sie tun können"])
      await guest.page.getByText(row).waitFor();
    await guest.page.getByText("500 ·").waitFor();
    await guest.page.getByRole("button", { name: "Noch einmal versuchen" }).click();
    await guest.page.getByRole("button", { name: QUESTION }).waitFor();
  });

  it("finds yesterday's conversation in the same browser, parted by days", async () => {
    await hand.openChat();
    await hand.greet();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    for (const message of node.conversation().messages) message.sentAt = yesterday;
    node.conversation().say("Heute gesagt");
    await guest.page.reload();
    await hand.openChat();
    for (const text of ["Gestern", "Moin", ANSWER, "Heute", "Heute gesagt"]) {
      await hand.log.getByText(text, { exact: true }).waitFor();
    }
  });

  it("shows HTML as text and makes links of http and https only", async () => {
    await hand.openChat();
    await hand.greet();
    const hostile = `<img src=x onerror="document.title='broken'"> javascript:alert(1) https://hansekontor.example/a`;
    node.conversation().say(hostile, { link: "javascript:alert(1)" });
    await hand.log.getByText('<img src=x onerror="document.title').waitFor();
    const links = await hand.log
      .getByRole("link")
      .evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    expect(links).toEqual(["https://hansekontor.example/a"]);
    expect(await guest.page.title()).toBe("A shop");
  });

  it("draws a company's logo without anything in it that could act", async () => {
    const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><a href="https://evil.example"><path d="M0 0h9"/></a>
      <path fill="url(https://evil.example/#x)" d="M1 1h2"/><foreignObject/><image href="https://evil.example/x.png"/></svg>`;
    node.settings = fakeSettings({ logo });
    await hand.openChat();
    const drawn = await guest.page.locator(".logo svg").evaluate((svg) => svg.outerHTML);
    expect(drawn).toContain("M1 1h2");
    expect(drawn).not.toMatch(/evil|image|foreignObject|<a/);
  });

  it("keeps the newest message in sight, unless the reader has scrolled up", async () => {
    await hand.openChat();
    await hand.greet();
    const say = async (count: number, name: string) => {
      for (let index = 1; index <= count; index += 1) node.conversation().say(`${name} ${index}\n`.repeat(4));
      await hand.log.getByText(`${name} ${count}`).waitFor();
    };
    const toEnd = guest.page.getByRole("button", { name: "Zur neuesten Nachricht" });
    const fromEnd = () =>
      guest.page.locator(".body").evaluate((body) => body.scrollHeight - body.scrollTop - body.clientHeight);
    await say(12, "Zeile");
    await vi.waitFor(async () => expect(await fromEnd()).toBeLessThan(2), soon);
    await guest.page.locator(".body").hover();
    await guest.page.mouse.wheel(0, -600);
    await toEnd.waitFor();
    const before = await guest.page.locator(".body").evaluate((body) => body.scrollTop);
    await say(3, "Neues");
    expect(await guest.page.locator(".body").evaluate((body) => body.scrollTop)).toBe(before);
    await toEnd.click();
    await vi.waitFor(async () => expect(await fromEnd()).toBeLessThan(2), soon);
    await vi.waitFor(async () => expect(await toEnd.count()).toBe(0), soon);
  });

  describe("files", () => {
    it("sends a file with its name and shows both, name and size", async () => {
      await hand.openChat();
      const buffer = Buffer.from("Deckel mit Riss");
      const chosen = guest.page.locator("input[type=file]");
      await chosen.setInputFiles({ name: "Deckel über Küche.txt", mimeType: "text/plain", buffer });
      await guest.page.getByText("Deckel über Küche.txt").waitFor();
      await guest.page.getByRole("button", { name: "Nachricht senden" }).click();
      await hand.log.getByText(ANSWER).waitFor();
      expect([...node.files.values()]).toEqual([
        { name: "Deckel über Küche.txt", mime: "text/plain", bytes: buffer },
      ]);
      expect(node.conversation().received[0]?.fileId).toBe("file-1");
      await hand.log.getByRole("link", { name: /Deckel über Küche\.txt.*1.kB/ }).waitFor();
    });

    it("refuses more than 10 MB before anything is sent", async () => {
      await hand.openChat();
      const buffer = Buffer.alloc(10_000_001);
      await guest.page
        .locator("input[type=file]")
        .setInputFiles({ name: "film.mp4", mimeType: "video/mp4", buffer });
      await guest.page.getByText("Die Datei ist zu groß. Erlaubt sind 10 MB.").waitFor();
      expect(node.requests.filter((name) => name.startsWith("POST"))).toEqual([]);
    });
  });

  it("counts towards 4,096 signs and sends no more than that", async () => {
    await hand.openChat();
    await guest.page.getByRole("textbox", { name: "Nachricht" }).fill("a".repeat(4_098));
    await guest.page.keyboard.press("Enter");
    await guest.page.getByText("2 Zeichen zu viel. In eine Nachricht passen 4.096.").waitFor();
    expect(node.visitors.size).toBe(0);
    await guest.page.keyboard.press("Backspace");
    await guest.page.keyboard.press("Backspace");
    await guest.page.keyboard.press("Enter");
    await hand.log.getByText(ANSWER).waitFor();
    expect(node.conversation().received[0]?.text).toHaveLength(4_096);
  });

  describe("who speaks", () => {
    it("the line says bot, person, nobody, and the person's name", async () => {
      await hand.openChat();
      await guest.page.getByText("Automatische Antworten", { exact: true }).waitFor();
      await guest.page.getByRole("button", { name: "Mensch holen" }).first().click();
      await hand.log.getByText(ANSWER).waitFor();
      expect(node.conversation().received[0]?.text).toBe("Ich möchte mit einem Menschen sprechen.");
      const { horizon, state } = { horizon: guest.page.locator(".horizon"), state: node.conversation() };
      state.setState({ speaker: "waiting", personName: null });
      await guest.page.getByText("Ein Mensch ist gerufen und antwortet hier.").waitFor();
      expect(await horizon.getAttribute("class")).toContain("nobody");
      state.setState({ speaker: "person", personName: "Jana Petersen" });
      await guest.page.getByText("Sie sprechen mit einem Menschen.").waitFor();
      expect(await horizon.getAttribute("class")).toContain("person");
      await guest.page.getByPlaceholder("Nachricht an Jana Petersen").waitFor();
      state.emit({ type: "typing", who: "Jana" });
      await guest.page.getByText("Jana schreibt").waitFor();
      state.say("Was ist denn los?", { author: "agent", authorName: "Jana Petersen" });
      await hand.log.getByText("Jana Petersen ist da").waitFor();
      await guest.page.getByText("Sie sprechen mit einem Menschen. Sie sind dran.").waitFor();
      expect(await guest.page.getByText("Jana schreibt").count()).toBe(0);
    });
  });
});
