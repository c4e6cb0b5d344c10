import { setTimeout as sleep } from "node:timers/promises";
import { APP, botOf, CUSTOMERS, numberOf, waIdOf } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { AnswerFeed } from "../traffic/answers.ts";
import { epochMs, openLoop } from "../traffic/open-loop.ts";
import { Poster, type Webhook } from "../traffic/poster.ts";
import { telegramUpdate } from "../traffic/telegram.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";
import { Ledger, type Written } from "./kill-ledger.ts";

const CONNECTIONS = 32;
/** Customers of WhatsApp who write again and again, three messages at a time within three seconds. */
const REGULARS = 2_000;
const BURST = 3;
/** One in seven customers writes to a Telegram bot, once. */
const TELEGRAM_EVERY = 7;
/** Share of webhooks that come twice, and share that come late and so out of order. */
const REPLAYED = 0.1;
const SHUFFLED = 0.1;
const LATE_MS = 3_000;
const REPLAY_MS = 5_000;
/** Meta tries again with growing pauses; here they are shorter, so that a run ends. */
const RETRY_MS = 250;
const RETRY_MAX_MS = 4_000;
const FIRST_CHAT = 500_000_000;

/**
 * Traffic that behaves as providers do while the node is killed: what was not answered with 200 comes again, a
 * tenth comes twice, a tenth comes late.
 */
export class KillTraffic {
  readonly ledger = new Ledger();
  /** When the latest webhook that was answered with 200 had been posted (performance.now). */
  lastAckedPostAt = 0;
  /** On the provider's clock, of the last accepted answer. */
  lastAnswerAtMs = 0;
  /** Not answered with 200 yet, retries that wait included. */
  open = 0;
  refusals = 0;
  readonly #installation: Installation;
  readonly #questions: readonly string[];
  readonly #random: () => number;
  readonly #sign = signer(APP);
  readonly #feeds: AnswerFeed[];
  #poster: Poster;
  #stopped = false;

  constructor(installation: Installation, questions: readonly string[], random: () => number) {
    this.#installation = installation;
    this.#questions = questions;
    this.#random = random;
    this.#poster = new Poster(installation.node.url, CONNECTIONS);
    const { whatsapp, telegram } = installation.simulator;
    this.#feeds = [
      new AnswerFeed(whatsapp, ({ to, at, body }) => {
        this.lastAnswerAtMs = at;
        this.ledger.sentByWhatsapp(to, String(body.biz_opaque_callback_data), at);
      }),
      new AnswerFeed(telegram, ({ to }) => this.ledger.sentByTelegram(to)),
    ];
  }

  /** Writes until told to stop. */
  async run(perSecond: number): Promise<void> {
    for (const feed of this.#feeds) await feed.start();
    await openLoop(
      { perSecond: perSecond / BURST, seconds: 3_600 },
      (n, dueAt) => this.#burst(n, epochMs(dueAt)),
      () => this.#stopped,
    );
  }

  stop(): void {
    this.#stopped = true;
  }

  #burst(n: number, atMs: number): void {
    if (n % TELEGRAM_EVERY === 0) {
      for (let k = 0; k < BURST; k++) this.#toBot(n * BURST + k, atMs);
      return;
    }
    const customer = ((n % REGULARS) * 7_919) % CUSTOMERS;
    const round = Math.floor(n / REGULARS);
    for (let k = 0; k < BURST; k++) {
      const wamid = wamidOf(`kill.${customer}.${round}.${k}`);
      const waId = waIdOf(customer);
      const webhook = this.#sign.message({
        phoneNumberId: numberOf(this.#installation.companies, customer),
        customer: { waId, name: `Kundin ${customer}` },
        wamid,
        // Three seconds in a row, the last one now.
        sentAtMs: atMs - (BURST - 1 - k) * 1_000,
        text: this.#question(n + k),
      });
      this.#send(
        webhook,
        this.ledger.note({ externalId: wamid, kind: "whatsapp", to: waId, place: round * BURST + k }),
      );
    }
  }

  #toBot(n: number, atMs: number): void {
    const bots = this.#installation.companies.filter((company) => company.hasBot);
    const bot = botOf(bots[n % bots.length] as { rank: number });
    const chatId = FIRST_CHAT + n;
    const webhook = telegramUpdate(bot, {
      updateId: 10_000 + n,
      chatId,
      messageId: 1,
      sentAtMs: atMs,
      text: this.#question(n),
    });
    this.#send(
      webhook,
      this.ledger.note({ externalId: `${chatId}:1`, kind: "telegram", to: String(chatId), place: 0 }),
    );
  }

  #question(n: number): string {
    return this.#questions[n % this.#questions.length] as string;
  }

  #send(webhook: Webhook, written: Written): void {
    const lateMs = this.#random() < SHUFFLED ? this.#random() * LATE_MS : 0;
    this.open += 1;
    setTimeout(() => this.#post(webhook, written, 0), lateMs);
  }

  #post(webhook: Webhook, written: Written, attempt: number): void {
    written.posts += 1;
    const postedAt = performance.now();
    this.#poster.post(webhook, (status) => {
      if (status !== 200) {
        this.refusals += 1;
        const waitMs = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** attempt);
        setTimeout(() => this.#post(webhook, written, attempt + 1), waitMs);
        return;
      }
      this.lastAckedPostAt = Math.max(this.lastAckedPostAt, postedAt);
      written.isAcknowledged = true;
      this.open -= 1;
      if (attempt >= 0 && this.#random() < REPLAYED) this.#replay(webhook, written);
    });
  }

  /** The same bytes once more, some seconds later; what becomes of them does not matter. */
  #replay(webhook: Webhook, written: Written): void {
    setTimeout(() => {
      written.posts += 1;
      this.#poster.post(webhook, () => {});
    }, this.#random() * REPLAY_MS);
  }

  /** Waits until every webhook was taken. @returns false beyond the limit */
  async allTaken(limitMs: number): Promise<boolean> {
    const until = performance.now() + limitMs;
    while (this.open > 0 && performance.now() < until) await sleep(50);
    // Replays are on their way for some seconds more.
    await sleep(REPLAY_MS + 500);
    return this.open === 0;
  }

  async close(): Promise<void> {
    for (const feed of this.#feeds) await feed.stop();
    await this.#poster.close();
  }
}
