import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { auditLedger } from "../../../src/skills/coin/single/audit.ts";
import { Town } from "../../../src/skills/coin/single/town.fixture.ts";
import { openPgLedgerStore } from "../../../src/skills/coin/store/pg-ledger-store.ts";
import { trusting } from "./drive.ts";
import { type LedgerServer, startLedgerServer } from "./ledger-server.ts";

/** kill -9 of the node and of PostgreSQL, at random moments under load, and what was left of what had been acknowledged. */

export interface ToVictim {
  readonly asked: readonly { readonly n: number; readonly bytes: string }[];
}

export type FromVictim =
  | { kind: "ready"; height: number }
  | { kind: "answer"; n: number; result: string; isKnown: boolean }
  | { kind: "refusal"; n: number; reason: string };

export interface KillReport {
  readonly kills: { readonly node: number; readonly postgres: number };
  readonly acknowledged: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** The same id twice in the blocks, or done again when it was sent again. */
  readonly twice: number;
  /** What the audit from the first block says. */
  readonly faults: readonly string[];
  /** From the new start to the first answer; the slowest. */
  readonly readyMs: number;
}

const CUSTOMERS = 100;
const WAITING = 300;

export async function killRounds(
  kills: number,
  {
    random,
    payments = 2_000,
    say = () => {},
  }: { random: () => number; payments?: number; say?: (sentence: string) => void },
): Promise<KillReport> {
  let server = await startLedgerServer();
  const town = new Town({ signs: false });
  const round = new Round(town, await server.ledger(town));
  const counts = { node: 0, postgres: 0 };
  try {
    await round.start(server);
    await round.until(round.asked.length);
    for (let n = 0; n < kills; n++) {
      round.more(payments);
      await round.until(round.answered.size + Math.floor(payments * (0.1 + random() * 0.4)));
      await pause(random() * 20);
      if (n % 2 === 0) {
        counts.node++;
        await round.start(server);
      } else {
        counts.postgres++;
        // The engine lives on: it reads everything anew as soon as there is a server again.
        const { host } = server.server.connection();
        server = await killPostgres(server);
        if (server.server.connection().host !== host) await round.start(server);
      }
      say(`kill ${n + 1}: ${round.answered.size} acknowledged so far`);
    }
    await round.until(round.asked.length);
    await round.killNode();
    return { kills: counts, ...(await round.judge(server)), readyMs: Math.round(round.readyMs) };
  } finally {
    await round.killNode();
    await server.close();
  }
}

/** Its processes see that it is gone and end; the folder is taken up by a new server, which recovers. */
async function killPostgres(server: LedgerServer): Promise<LedgerServer> {
  const gone = new Promise<void>((resolve) => server.server.onExit(() => resolve()));
  process.kill(server.server.pid, "SIGKILL");
  await gone;
  for (let n = 0; ; n++) {
    try {
      const again = await startEmbedded({ dataDir: server.dataDir, endsWithProcess: true });
      return { ...server, server: again, close: () => again.stop().then(server.close) };
    } catch (error) {
      if (n > 200) throw error;
      await pause(250);
    }
  }
}

class Round {
  readonly asked: string[];
  /** Answered by the ledger; the value is the result. */
  readonly answered = new Map<number, string>();
  readyMs = 0;
  readonly #town: Town;
  readonly #tenantId: number;
  #child: ChildProcess | null = null;
  #sent = 0;
  #open = new Set<number>();
  #again = new Set<number>();
  #twice = 0;
  #from = 0;
  #wanted = { count: 0, reached: (): void => {} };

  constructor(town: Town, tenantId: number) {
    this.#town = town;
    this.#tenantId = tenantId;
    this.asked = town.opening(CUSTOMERS, 1_000).map((bytes) => Buffer.from(bytes).toString("base64"));
  }

  more(count: number): void {
    for (let n = 0; n < count; n++)
      this.asked.push(Buffer.from(this.#town.nthPayment(this.asked.length)).toString("base64"));
    this.#send();
  }

  /** Waits until so many are answered. */
  until(count: number): Promise<void> {
    const most = Math.min(count, this.asked.length);
    if (this.answered.size >= most) return Promise.resolve();
    return new Promise((reached) => {
      this.#wanted = { count: most, reached };
    });
  }

  /** A fresh process; what was not answered is sent again, and some of what was. */
  async start({ server }: LedgerServer): Promise<void> {
    await this.killNode();
    const { host, port, database } = server.connection();
    this.#from = performance.now();
    const program = fileURLToPath(new URL("./victim-process.ts", import.meta.url));
    const child = fork(program, [host, port, database, this.#tenantId, this.#town.time].map(String), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the engine ended by itself (${code})`)));
      child.on("message", (message: FromVictim) => {
        if (child !== this.#child) return;
        if (message.kind === "ready") resolve();
        else this.#hear(message);
      });
    });
    const done = [...this.answered.keys()].slice(-20);
    this.#again = new Set(done);
    this.#child?.send(this.#order([...done, ...this.#open]));
    this.#send();
  }

  async killNode(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners("exit");
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  #order(numbers: readonly number[]): ToVictim {
    return { asked: numbers.map((n) => ({ n, bytes: this.asked[n] as string })) };
  }

  #send(): void {
    const fresh: number[] = [];
    while (this.#open.size < WAITING && this.#sent < this.asked.length) {
      fresh.push(this.#sent);
      this.#open.add(this.#sent++);
    }
    if (fresh.length > 0) this.#child?.send(this.#order(fresh));
  }

  #hear(message: Exclude<FromVictim, { kind: "ready" }>): void {
    if (message.kind === "refusal") throw new Error(`The ledger refused to answer: ${message.reason}`);
    const { n, result, isKnown } = message;
    if (this.#from > 0) {
      this.readyMs = Math.max(this.readyMs, performance.now() - this.#from);
      this.#from = 0;
    }
    const before = this.answered.get(n);
    if (this.#again.has(n) && (!isKnown || before !== result)) this.#twice++;
    this.answered.set(n, result);
    this.#open.delete(n);
    if (this.answered.size >= this.#wanted.count) this.#wanted.reached();
    this.#send();
  }

  /** Everything from the first block, against what was acknowledged. */
  async judge({ address }: LedgerServer) {
    const store = openPgLedgerStore({ address, tenantId: this.#tenantId, now: () => this.#town.time });
    try {
      const { faults } = await auditLedger(store, trusting);
      const stored = new Map<string, number>();
      for (let blocks = await store.blocksAfter(0); blocks.length > 0; ) {
        for (const { bytes, lengths } of blocks) {
          let end = 0;
          for (const length of lengths) {
            end += length;
            const text = Buffer.from(bytes.subarray(end - length, end)).toString("base64");
            stored.set(text, (stored.get(text) ?? 0) + 1);
          }
        }
        blocks = await store.blocksAfter(blocks.at(-1)?.height as number);
      }
      const lost = [...this.answered.keys()].filter((n) => !stored.has(this.asked[n] as string)).length;
      const doubled = [...stored.values()].filter((times) => times > 1).length;
      return { acknowledged: this.answered.size, lost, twice: doubled + this.#twice, faults };
    } finally {
      await store.close();
    }
  }
}
