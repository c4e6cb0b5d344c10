import { setTimeout as sleep } from "node:timers/promises";
import { Latencies } from "../machine/latencies.ts";
import { APP, CUSTOMERS, companyOf, newWaIdOf, numberOf, waIdOf } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { testQuestions } from "../node/knowledge.ts";
import { type Answer, AnswerFeed } from "../traffic/answers.ts";
import { epochMs } from "../traffic/open-loop.ts";
import { Poster } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";

const CONNECTIONS = 64;
/** Shares no factor with the number of customers: the walk meets each once. */
const STEP = 7_919;
/** Every tenth customer never wrote before. */
const NEW_EVERY = 10;
const RUNS = 1_000_000;

export interface LoadOptions {
  /** Rank of a company whose customers do not write. */
  leaveOut?: number;
  /** Told of each answer to one of our messages, with the number it came from. */
  onAnswer?: (answer: Answer, phoneNumberId: string) => void;
}

/** Customers who write one WhatsApp message each, and how long they wait for the 200 and for their answer. */
export class DialogueLoad {
  /** Schedule to 200. */
  acked = new Latencies();
  /** Schedule to the provider's acceptance of the answer. */
  answered = new Latencies();
  written = 0;
  errors = 0;
  readonly poster: Poster;
  readonly sign = signer(APP);
  readonly #installation: Installation;
  readonly #options: LoadOptions;
  readonly #feed: AnswerFeed;
  readonly #questions = testQuestions();
  readonly #waiting = new Map<string, { dueAtMs: number; phoneNumberId: string }>();
  /** Tells this run's messages and new customers from those of runs before. */
  readonly #run = Math.floor(Date.now() / 1000) % RUNS;
  #next = 0;

  constructor(installation: Installation, options: LoadOptions = {}) {
    this.#installation = installation;
    this.#options = options;
    this.poster = new Poster(installation.node.url, CONNECTIONS);
    this.#feed = new AnswerFeed(installation.simulator.whatsapp, (answer) => this.#answered(answer));
  }

  get unanswered(): number {
    return this.#waiting.size;
  }

  start(): Promise<void> {
    return this.#feed.start();
  }

  /** Forgets what was measured so far: the warm-up. */
  beginMeasuring(): void {
    this.acked = new Latencies();
    this.answered = new Latencies();
    this.written = 0;
    this.errors = 0;
    this.#waiting.clear();
  }

  /** The next customer writes. @param dueAt the scheduled moment, from which everything counts */
  write(dueAt: number): void {
    const n = this.#next++;
    const { companies } = this.#installation;
    const customer = (this.#run * 31 + n * STEP) % CUSTOMERS;
    if (companyOf(companies, customer).rank === this.#options.leaveOut) return;
    const waId = n % NEW_EVERY === 0 ? newWaIdOf(this.#run, n / NEW_EVERY) : waIdOf(customer);
    const phoneNumberId = numberOf(companies, customer);
    const webhook = this.sign.message({
      phoneNumberId,
      customer: { waId, name: `Kundin ${customer}` },
      wamid: wamidOf(`${this.#run}.${n}`),
      sentAtMs: epochMs(dueAt),
      text: this.#questions[n % this.#questions.length] as string,
    });
    this.written += 1;
    this.#waiting.set(waId, { dueAtMs: epochMs(dueAt), phoneNumberId });
    const { acked } = this;
    this.poster.post(webhook, (status) => {
      if (status === 200) acked.add(performance.now() - dueAt);
      else this.errors += 1;
    });
  }

  #answered(answer: Answer): void {
    const waited = this.#waiting.get(answer.to);
    if (!waited) return;
    this.#waiting.delete(answer.to);
    this.answered.add(Math.max(0, answer.at - waited.dueAtMs));
    this.#options.onAnswer?.(answer, waited.phoneNumberId);
  }

  /** Waits for the answers still on their way, at most `limitMs`. */
  async settle(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    await this.poster.drain(limitMs);
    while (this.#waiting.size > 0 && performance.now() < until) await sleep(50);
  }

  async close(): Promise<void> {
    await this.#feed.stop();
    await this.poster.close();
  }
}
