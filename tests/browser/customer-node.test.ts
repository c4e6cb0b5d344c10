import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtPages } from "../../src/web/widget/testing/built-pages.ts";
import { chromiumPath, launchChromium } from "../../src/web/widget/testing/chromium.ts";
import { startForeignSite } from "../../src/web/widget/testing/foreign-site.ts";

/**
 * The customer's way through the whole house: a real node with its demo company. Only the customer's pages are built
 * for it, which is why the node is started without the build of the one command.
 */

const COMMAND = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const START_LIMIT_MS = 120_000;

interface Started {
  page: string;
  apiKey: string;
  apiKeyHeader: string;
}

interface RunningNode extends Started {
  base: string;
  stop(): Promise<void>;
}

/** The first line on stdout that starts with "{". */
function announced(child: ChildProcess): Promise<Started> {
  return new Promise((resolve, reject) => {
    let told = "";
    let progress = "";
    child.stderr?.on("data", (piece: Buffer) => {
      progress += piece;
    });
    child.stdout?.on("data", (piece: Buffer) => {
      told += piece;
      const line = told.split("\n").find((one) => one.startsWith("{") && one.endsWith("}"));
      if (line) resolve(JSON.parse(line) as Started);
    });
    child.on("exit", (code) => reject(new Error(`The node ended with ${code}: ${progress.slice(-1_000)}`)));
  });
}

async function startNode(): Promise<RunningNode> {
  const data = mkdtempSync(join(tmpdir(), "augenhoehe-widget-"));
  builtPages();
  const child = spawn(process.execPath, [COMMAND, "start", "--port", "0", "--data", data, "--json"]);
  const started = await announced(child);
  return {
    ...started,
    base: new URL("/", started.page).href,
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function api<Reply>(
  node: RunningNode,
  path: string,
  init: { method?: string; body?: object } = {},
): Promise<Reply> {
  const response = await fetch(new URL(path, node.base), {
    method: init.method ?? "GET",
    headers: {
      [node.apiKeyHeader]: node.apiKey,
      ...(init.body ? { "content-type": "application/json" } : {}),
    },
    body: init.body && JSON.stringify(init.body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Reply;
}

describe.skipIf(!chromiumPath())("customer and a real node", () => {
  let browser: Browser;
  let node: RunningNode;

  beforeAll(async () => {
    [browser, node] = await Promise.all([launchChromium(), startNode()]);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await node?.stop();
  });

  async function open(address: string, locale: string): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    await page.goto(address);
    return { page, faults };
  }

  /** The firm's last words in the log. */
  const answers = (page: Page) => page.locator(".message.bot .bubble");

  it.each([
    { locale: "de-DE", ask: "Frage stellen", automatic: /Automatisch · Quelle: / },
    { locale: "en-GB", ask: "Ask a question", automatic: /Automatic · Source: / },
  ])("two clicks from the company's page to the answer, $locale", async ({ locale, ask, automatic }) => {
    const { page, faults } = await open(node.page, locale);
    await page.getByRole("button", { name: ask }).last().click();
    await page.locator(".question").first().click();
    await page.getByText(automatic).waitFor();
    expect((await answers(page).first().textContent())?.length).toBeGreaterThan(20);
    await page
      .getByRole("log")
      .getByText(locale === "de-DE" ? /zugestellt|gelesen/ : /delivered|read/)
      .waitFor();
    expect(await page.context().cookies()).toEqual([]);
    expect(faults).toEqual([]);
    await page.reload();
    await page.getByRole("button", { name: ask }).last().click();
    await page.getByText(automatic).waitFor();
    await page.context().close();
  });

  it("a person takes over, and the line says so", async () => {
    const { page, faults } = await open(node.page, "de-DE");
    await page.getByRole("button", { name: "Frage stellen" }).last().click();
    await page.getByRole("button", { name: "Mensch holen" }).first().click();
    await page.locator(".horizon.nobody").waitFor();
    // The line changes at once; the case stands in the list when the node has worked it off.
    const waiting = () =>
      api<{ items: { id: number }[] }>(node, "/api/v1/conversations?view=unassigned&limit=1");
    await expect.poll(async () => (await waiting()).items.length, { timeout: 20_000 }).toBe(1);
    const id = (await waiting()).items[0]?.id;
    await api(node, `/api/v1/conversations/${id}/take`, { method: "POST" });
    await page.locator(".horizon.person").waitFor();
    await api(node, `/api/v1/conversations/${id}/messages`, {
      method: "POST",
      body: { clientId: crypto.randomUUID(), text: "Moin, hier schreibt ein Mensch." },
    });
    await page.getByRole("log").getByText("Moin, hier schreibt ein Mensch.").waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("a picture goes to the company and is shown", async () => {
    const { page, faults } = await open(node.page, "de-DE");
    await page.getByRole("button", { name: "Frage stellen" }).last().click();
    const pixel = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "Deckel.png", mimeType: "image/png", buffer: pixel });
    await page.getByRole("button", { name: "Nachricht senden" }).click();
    const picture = page.getByRole("log").getByRole("img", { name: /Deckel\.png/ });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("works on a foreign site with the documented policy, and only where the owner allows it", async () => {
    const key = (await api<{ key: string }>(node, `${new URL(node.page).pathname}/data`)).key;
    const site = await startForeignSite({ node: node.base, key, lang: "de" });
    const refused = await open(site.base, "de-DE");
    await refused.page.getByRole("button", { name: "Frage stellen" }).click();
    await refused.page.getByText("Das Gespräch lässt sich nicht öffnen").waitFor();
    await refused.page.context().close();

    const { items } = await api<{ items: { id: number; kind: string }[] }>(node, "/api/v1/channels");
    const channel = items.find(({ kind }) => kind === "web");
    const origins = [new URL(site.base).origin];
    await api(node, `/api/v1/channels/${channel?.id}`, { method: "PATCH", body: { origins } });
    const { page, faults } = await open(site.base, "de-DE");
    await page.getByRole("button", { name: "Frage stellen" }).click();
    await page.locator(".question").first().click();
    await page.getByText(/Automatisch · Quelle: /).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
    await site.close();
  });
});
