import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { ChannelAccount, ConnectionStep } from "#kernel";
import { inspect as inspectMailbox } from "../src/channels/email/inspect.ts";
import { telegram } from "../src/channels/telegram/index.ts";
import { fetchPublic, inspect as inspectPage } from "../src/channels/web/inspect.ts";
import { whatsapp } from "../src/channels/whatsapp/index.ts";
import type { Simulator } from "../src/simulator/http.ts";
import { startTelegram } from "../src/simulator/telegram.ts";
import { startWhatsapp } from "../src/simulator/whatsapp.ts";

/** Connecting step by step: what is wrong at the provider becomes one sentence that says what to do. */

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const HOOK = "https://chat.firma.example/hooks/app1";
const plan = { webhook: HOOK, secret: "app-secret", base: "https://chat.firma.example" };
const account = (kind: string, more: Partial<ChannelAccount>): ChannelAccount => ({
  id: 1,
  tenantId: 1,
  kind,
  appId: "app1",
  address: "123456789",
  name: "Kanal",
  apiBase: "",
  token: "",
  settings: {},
  ...more,
});
const levels = (steps: readonly ConnectionStep[] | undefined) =>
  Object.fromEntries((steps ?? []).map(({ name, level }) => [name, level]));
const words = (steps: readonly ConnectionStep[] | undefined, name: string) =>
  steps?.find((step) => step.name === name)?.text ?? { de: "", en: "" };

const ALL_FIELDS = [
  "messages",
  "account_update",
  "account_alerts",
  "phone_number_quality_update",
  "message_template_status_update",
];

async function meta(setup: object): Promise<{ simulator: Simulator; token: string }> {
  const token = "system-user-token";
  const simulator = await startWhatsapp({ token, appSecret: "app-secret", setup });
  ending.push(() => simulator.close());
  return { simulator, token };
}

test("WhatsApp: all is well when token, number, business, app and webhook are", async () => {
  const { simulator, token } = await meta({ callback: HOOK, fields: ALL_FIELDS });
  const steps = await whatsapp.inspect?.(account("whatsapp", { apiBase: simulator.url, token }), plan);
  expect(levels(steps)).toEqual({
    token: "ok",
    number: "ok",
    verification: "ok",
    listening: "ok",
    webhook: "ok",
  });
});

test.each<[string, object, { name: string; level: string; says: RegExp }]>([
  [
    "the token lacks a right",
    { scopes: ["whatsapp_business_management"] },
    { name: "token", level: "bad", says: /lacks rights \(whatsapp_business_messaging\)/ },
  ],
  [
    "the token ends soon",
    { expiresAt: Math.floor(Date.now() / 1000) + 86_400 },
    { name: "token", level: "warn", says: /replace it by one without expiry/ },
  ],
  [
    "the number is not registered",
    { platform: "ON_PREMISE" },
    { name: "number", level: "bad", says: /not registered for the Cloud API/ },
  ],
  ["the quality is low", { quality: "RED" }, { name: "number", level: "warn", says: /write less/ }],
  [
    "the business is not verified",
    { verification: "not_verified" },
    { name: "verification", level: "warn", says: /not verified by Meta \(not_verified\)/ },
  ],
  [
    "the app does not listen",
    { listens: false },
    { name: "listening", level: "bad", says: /nothing arrives/ },
  ],
  [
    "no webhook is entered",
    { callback: "" },
    { name: "webhook", level: "bad", says: /no webhook address is entered: enter https:\/\/chat\.firma/ },
  ],
  [
    "another webhook is entered",
    { callback: "https://old.example/hook" },
    { name: "webhook", level: "bad", says: /another webhook address is entered \(https:\/\/old/ },
  ],
  [
    "messages is not subscribed",
    { fields: ["account_update"] },
    { name: "webhook", level: "bad", says: /messages is not subscribed/ },
  ],
  [
    "warnings are not subscribed",
    { fields: ["messages"] },
    { name: "webhook", level: "warn", says: /account_alerts/ },
  ],
])("WhatsApp: %s", async (_, setup, { name, level, says }) => {
  const { simulator, token } = await meta({ callback: HOOK, fields: ALL_FIELDS, ...setup });
  const steps = await whatsapp.inspect?.(account("whatsapp", { apiBase: simulator.url, token }), plan);
  expect(levels(steps)).toMatchObject({ [name]: level });
  expect(words(steps, name).en).toMatch(says);
  expect(Object.values(levels(steps)).filter((one) => one !== "ok")).toHaveLength(1);
});

test("WhatsApp: a wrong token, a wrong app secret and a Meta that is away are told apart, and none is shown", async () => {
  const { simulator, token } = await meta({ callback: HOOK, fields: ALL_FIELDS });
  const wrong = await whatsapp.inspect?.(
    account("whatsapp", { apiBase: simulator.url, token: "old-token" }),
    plan,
  );
  expect(words(wrong, "token").en).toMatch(/refuses the token \(190/);
  const secret = await whatsapp.inspect?.(account("whatsapp", { apiBase: simulator.url, token }), {
    ...plan,
    secret: "typo-secret",
  });
  expect(words(secret, "webhook").en).toMatch(/app secret does not fit/);
  const away = await whatsapp.inspect?.(account("whatsapp", { apiBase: "http://127.0.0.1:1", token }), plan);
  expect(words(away, "token").en).toMatch(/does not answer/);
  expect(JSON.stringify([wrong, secret, away])).not.toMatch(/old-token|typo-secret|system-user-token/);
});

test("Telegram: token, webhook and what waits", async () => {
  const token = "4711:abcdefghijklmnop";
  const bot = await startTelegram({ token, username: "ohlsen_bot" });
  ending.push(() => bot.close());
  const own = account("telegram", { apiBase: bot.url, token, address: "4711" });
  expect(words(await telegram.inspect?.(own, plan), "webhook").en).toMatch(/No webhook is set/);
  await telegram.connect?.(own, { url: HOOK, secret: "secret" });
  expect(levels(await telegram.inspect?.(own, plan))).toEqual({ token: "ok", webhook: "ok" });
  const moved = await telegram.inspect?.(own, { ...plan, webhook: "https://new.example/hooks/app1" });
  expect(words(moved, "webhook").de).toMatch(/andere Adresse zu .*aus- und wieder einschalten/);
  const wrong = await telegram.inspect?.({ ...own, token: "4711:zzzzzzzzzzzzzzzz" }, plan);
  expect(words(wrong, "token").en).toMatch(/@BotFather/);
  expect(JSON.stringify(wrong)).not.toContain("zzzz");
});

test("a mailbox whose servers are not there, and a domain without records", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => closed.once("listening", ready));
  const { port } = closed.address() as { port: number };
  await new Promise((done) => closed.close(done));
  const server = { host: "127.0.0.1", port, security: "none" };
  const box = account("email", {
    address: "info@firma.example",
    token: "pw",
    settings: { imap: server, smtp: server, user: "", fromName: "", folder: "INBOX", plusAddresses: false },
  });
  const none = async () => [];
  const steps = await inspectMailbox(box, none);
  expect(levels(steps)).toEqual({ imap: "bad", smtp: "bad", spf: "warn", dkim: "warn", dmarc: "warn" });
  expect(words(steps, "imap").de).toContain("nimmt an diesem Port nichts an");
  const records: Record<string, string> = {
    "firma.example": "v=spf1 include:post.example -all",
    "_dmarc.firma.example": "v=DMARC1; p=quarantine",
    "s1._domainkey.firma.example": "v=DKIM1; k=rsa; p=MIGf",
  };
  const known = await inspectMailbox(box, async (name) => (records[name] ? [[records[name]]] : []));
  expect(levels(known)).toMatchObject({ spf: "ok", dkim: "ok", dmarc: "ok" });
});

const tag = (base: string, key: string) =>
  `<script src="${base}/widget.js" data-key="${key}" async></script>`;
test.each([
  ["the right script", tag(plan.base, "123456789"), "ok", /stands in/],
  ["another key", tag(plan.base, "other-key"), "bad", /another key/],
  ["another address", tag("https://old.example", "123456789"), "bad", /another address/],
  ["none", "<script src='/shop.js'></script>", "warn", /before <\/body>/],
])("a page with %s", async (_, html, level, sentence) => {
  const page = account("web", { settings: { origins: ["https://www.firma.example"] } });
  const [step] = await inspectPage(page, plan, async () => ({ html }));
  expect(step).toMatchObject({ level, text: { en: expect.stringMatching(sentence) } });
});

test("a page is read from the very address that was checked, so a second answer of its name server changes nothing", async () => {
  let connections = 0;
  const own = createServer(() => void connections++).listen(0, "127.0.0.1");
  await new Promise((ready) => own.once("listening", ready));
  ending.push(() => own.close());
  const { port } = own.address() as { port: number };
  let looks = 0;
  const resolve = async (host: string) => {
    looks += 1;
    return host.startsWith("turned.") ? [{ address: "127.0.0.1", family: 4 }] : [];
  };
  expect(await fetchPublic(`http://turned.example:${port}/`, resolve)).toEqual({ fault: "private address" });
  expect([looks, connections]).toEqual([1, 0]);
  expect(await fetchPublic(`http://nobody.example:${port}/`, resolve)).toEqual({ fault: "ENOTFOUND" });
});

test("a page inside the own network is not looked at", async () => {
  const page = account("web", {
    settings: { origins: ["http://127.0.0.1:1", "http://[::1]:1", "http://169.254.169.254"] },
  });
  for (const step of await inspectPage(page, plan)) expect(step.text.en).toContain("private address");
  expect((await inspectPage(account("web", {}), plan))[0]?.level).toBe("warn");
});
