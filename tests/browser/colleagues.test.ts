import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as api from "#kernel/api";
import { type MailProvider, startMailProvider } from "../../src/simulator/mail.ts";
import { builtDesk } from "../../src/web/desk/testing/built-desk.ts";
import { faultsOf } from "../../src/web/desk/testing/page-faults.ts";
import { openPage, signIn } from "../../src/web/desk/testing/visit.ts";
import { screenshotFolder } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { answerTo, writeLetter } from "../outside/mail.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { LOOKS, type Look } from "./looks.ts";

/** An agent asks the workshop by mail and uses its answer, at a real desk with a simulated mail provider. */

const SLOW = { timeout: 60_000 };
const WORKSHOP = "werkstatt@kontor.example";

describe.skipIf(!chromiumPath())("a colleague without a seat", () => {
  let browser: Browser;
  let node: SharedNode;
  let base: string;
  let company: Company;
  let provider: MailProvider;
  let conversationId: number;
  let isAnswered = false;
  const us = `service-${randomUUID().slice(0, 8)}@kontor.example`;
  const folder = screenshotFolder();

  beforeAll(async () => {
    builtDesk();
    mkdirSync(folder, { recursive: true });
    node = await sharedNode();
    base = new URL("/", node.report.desk).origin;
    company = await newCompany(node);
    provider = await startMailProvider();
    provider.box(us);
    const server = (port: number) => ({ host: "127.0.0.1", port, security: "none" as const });
    const { id: channelId } = await company.owner.call(api.createChannel, {
      body: {
        kind: "email",
        name: "Postfach",
        address: us,
        password: "secret",
        imap: server(provider.imapPort),
        smtp: server(provider.smtpPort),
      },
    });
    // What lies in a mailbox before it is first read is not ours.
    await until(
      "the mailbox is read",
      async () => {
        const { items } = await company.owner.call(api.listChannels);
        return items.find(({ id }) => id === channelId)?.health.light === "ok";
      },
      60_000,
    );
    const text = "Meine Stehlampe flackert. Bekomme ich das Ersatzteil bis Freitag? Tel. 040 1234567";
    const letter = {
      from: "Anna Berg <anna@example.org>",
      to: us,
      subject: "Stehlampe",
      text,
      at: Date.now(),
    };
    provider.box(us).add(writeLetter(letter));
    conversationId = await until(
      "the conversation",
      async () => {
        const { items } = await company.owner.call(api.listConversations, { query: { view: "all" } });
        return items[0]?.id;
      },
      60_000,
    );
    browser = await launchChromium();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await provider?.close();
  });

  async function begin({ width, scheme, language }: Look): Promise<{ page: Page; faults: string[] }> {
    const opened = await openPage(browser, { width, height: 1000, scheme, preferences: { language } });
    if (!node.report.signIn) throw new Error("The demo has no sign-in");
    await signIn(opened.page, base, node.report.signIn);
    await opened.page.evaluate((id) => {
      localStorage.setItem("ah.tenant", id);
      sessionStorage.setItem("ah.tenant", id);
    }, String(company.id));
    return opened;
  }

  it("is put into the list, asked by keyboard, and the answer goes into the answer's field, not out", async () => {
    const { page, faults } = await begin({ language: "de", width: 1440, scheme: "light" });
    await page.goto(`${base}/desk/settings/colleagues`);
    await page.getByText("Noch darf niemand gefragt werden.").waitFor(SLOW);
    await page.getByLabel("Name, wie er in der Mail steht").fill("Frau Özdemir");
    await page.getByLabel("Mailadresse").fill("werkstatt");
    await page.getByRole("button", { name: "Aufnehmen" }).click();
    await page.getByText("Das ist keine Mailadresse.").waitFor(SLOW);
    await page.getByLabel("Mailadresse").fill(WORKSHOP);
    await page.getByLabel("Wofür").fill("Ersatzteile");
    await page.keyboard.press("Enter");
    await page.getByText(`${WORKSHOP} · Ersatzteile`).waitFor(SLOW);
    await page.getByLabel("Freigegebene Domains").fill("gmx.de");
    await page.getByRole("button", { name: "Speichern" }).click();
    await page.getByText("Bei gmx.de kann jeder eine Adresse haben.").waitFor(SLOW);

    await page.goto(`${base}/desk/conversations/${conversationId}`);
    await page.getByRole("log").getByText("Meine Stehlampe flackert.").first().waitFor(SLOW);
    await page.getByRole("log").focus();
    await page.keyboard.press("q");
    await page.getByLabel("Frage", { exact: true }).fill("Haben wir das Netzteil noch?");
    await page.getByRole("button", { name: "Mail ansehen" }).click();
    await page.getByText("[Kontaktangabe entfernt]").waitFor(SLOW);
    await page.screenshot({ path: join(folder, "colleagues-form-1440-light-de.png") });
    await page.getByRole("button", { name: "Fragen", exact: true }).click();
    await page.getByText(/Frage an Frau Özdemir: wartet/).waitFor(SLOW);
    const mail = await until("the mail", () => provider.sent.find(({ to }) => to.includes(WORKSHOP)), 60_000);

    const words = "Ja, zwei Stück. Eines geht heute raus.";
    const at = Date.now();
    provider.box(us).add(answerTo(mail.raw, { from: WORKSHOP, text: words, at }));
    provider.box(us).add(answerTo(mail.raw, { from: "wer@kontor.example", text: "Nein!", at }));
    const log = page.getByRole("log");
    await log.getByText("Antwort von Frau Özdemir (per Mail)", { exact: true }).waitFor(SLOW);
    isAnswered = true;
    await log.getByText(/Nicht von der gefragten Adresse, sondern von wer@kontor\.example/).waitFor(SLOW);
    await page.getByRole("button", { name: "Antwort von Frau Özdemir in die Antwort übernehmen" }).click();
    const field = page.getByRole("textbox", { name: "Antwort an Kundin oder Kunde" });
    await expect.poll(() => field.inputValue(), SLOW).toBe(words);
    expect(provider.sent.filter(({ to }) => to.includes("anna@example.org"))).toHaveLength(
      provider.sent.filter(({ raw }) => raw.includes("Auto-Submitted: auto-replied")).length,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  }, 180_000);

  it.each(LOOKS)(
    "looks: $language, $width px, $scheme",
    async (look) => {
      if (!isAnswered) throw new Error("there is no answer to look at");
      const { page, faults } = await begin(look);
      const { width, scheme, language } = look;
      const shown: string[] = [];
      const keep = async (name: string) => {
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({
          path: join(folder, `colleagues-${name}-${width}-${scheme}-${language}.png`),
        });
        shown.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      };
      await page.goto(`${base}/desk/settings/colleagues`);
      await page.getByText(WORKSHOP).waitFor(SLOW);
      await keep("list");
      await page.goto(`${base}/desk/conversations/${conversationId}`);
      await page
        .getByText(language === "de" ? /^Antwort von Frau Özdemir/ : /^Answer from Frau Özdemir/)
        .waitFor(SLOW);
      await keep("answer");
      await page.getByRole("log").focus();
      await page.keyboard.press("q");
      await page
        .getByRole("heading", { name: language === "de" ? "Per Mail fragen" : "Ask by mail" })
        .waitFor(SLOW);
      await keep("ask");
      expect([...shown, ...faults]).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
