import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { createApiKey, createHttpServer, type Kernel, replyIn, type SkillManifest } from "#kernel";
import { encodeBody, type Operation, type Transaction } from "../../src/skills/coin/api.ts";
import { type Ledgers, openLedgers } from "../../src/skills/coin/host/ledgers.ts";
import { resultSentence } from "../../src/skills/coin/host/sentence.ts";
import { isSigned } from "../../src/skills/coin/host/signed.ts";
import { verifierHere } from "../../src/skills/coin/single/verifier.ts";
import { painFile } from "../../src/skills/pay/rules/pain.ts";
import { newestBalance, requestFor } from "../../src/skills/pay/store/for-skills.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import type { Outside } from "../../src/skills/wallet/ports.ts";
import { openWallet } from "../../src/skills/wallet/skill.ts";
import { insertInvitation } from "../../src/skills/wallet/store/accounts.ts";
import { beginCoin } from "../../src/skills/wallet/store/begin.ts";
import { putJob } from "../../src/skills/wallet/store/jobs.ts";
import { joinAsMerchant } from "../../src/skills/wallet/store/memberships.ts";
import { type Runner, runnerOf } from "../../src/skills/wallet/store/runner.ts";
import { ApiClient } from "./api-client.ts";
import { CompanyStage, openParts } from "./company-stage.ts";
import { bytesOf, DeviceKey, hexOf, Phone } from "./phone.ts";

/** A town's coin with its ledger in PostgreSQL, merchants' tills over HTTP, and telephones. */

export interface Governor {
  readonly key: DeviceKey;
  readonly account: Uint8Array;
}

export interface Merchant {
  readonly tenantId: number;
  readonly api: ApiClient;
}

export class WalletStage extends CompanyStage {
  base = "";
  outside!: Outside;
  ledgers!: Ledgers;
  runner!: Runner;
  skill!: SkillManifest;
  owner!: ApiClient;
  /** Whoever has no key. */
  stranger!: ApiClient;
  readonly governors: Governor[] = [];
  readonly attestors: Governor[] = [];
  private app!: FastifyInstance;

  /** @param pages folder of the built pages; none = the API only */
  static async open(startMs: number, pages?: string): Promise<WalletStage> {
    const here = {
      base: "",
      ledgers: undefined as Ledgers | undefined,
      promised: new Map<number, number>(),
      ended: new Map<number, "brought" | "missed">(),
    };
    const outside: Outside = {
      ledgers: () => here.ledgers as Ledgers,
      sentence: resultSentence,
      isSignature: isSigned,
      deliveries: {
        promisedUntil: async (_house, _tenantId, id) => here.promised.get(id) ?? null,
        ends: async (_house, _tenantId, ids) =>
          new Map(
            ids.flatMap((id) => (here.ended.has(id) ? [[id, here.ended.get(id) ?? "missed"] as const] : [])),
          ),
      },
      secret: async () => "a secret of this node",
      reply: async (house, tx, actor, { conversationId, input }) => {
        const profile = await house.profile(actor.tenantId);
        return (await replyIn({ tx, kernel: house as Kernel, profile, actor }, conversationId, input)).id;
      },
      publicUrl: () => here.base,
      askForEuro: requestFor,
      newestBalance,
      transferFile: painFile,
      companyBySlug: () => null,
      isLicensed: () => false,
    };
    const skill = openWallet(outside);
    const stage = new WalletStage(await openParts([skill], startMs));
    stage.skill = skill;
    stage.outside = outside;
    const { kernel } = stage.here;
    here.ledgers = stage.ledgers = stage.newLedgers();
    stage.app = createHttpServer(kernel, {
      routes: skill.routes?.(kernel) ?? [],
      checkReplies: true,
      ...(pages !== undefined && { pages }),
    });
    stage.runner = runnerOf(kernel, outside);
    here.base = stage.base = await stage.app.listen({ port: 0, host: "127.0.0.1" });
    stage.stranger = new ApiClient(stage.base, {});
    stage.owner = (await stage.merchantApi(stage.tenantId)).api;
    stage.promised = here.promised;
    stage.ended = here.ended;
    stage.restart = async () => {
      await stage.ledgers.close();
      here.ledgers = stage.ledgers = stage.newLedgers();
    };
    return stage;
  }

  /** Deliveries as the skill delivery would tell of them: the end of their window, and what became of them. */
  promised!: Map<number, number>;
  ended!: Map<number, "brought" | "missed">;

  /** The process that has the engines ends and comes back. */
  restart: () => Promise<void> = async () => {};

  private newLedgers(): Ledgers {
    const { kernel } = this.here;
    const now = () => kernel.clock.now();
    return openLedgers({ address: kernel.db.address, now, say: () => {}, verifier: verifierHere() });
  }

  get place() {
    return { house: this.here.kernel, outside: this.outside };
  }

  async merchantApi(tenantId: number): Promise<Merchant> {
    const { secret } = await createApiKey(this.here.kernel, tenantId, { name: "Kasse", role: "owner" });
    return { tenantId, api: new ApiClient(this.base, { "x-api-key": secret }) };
  }

  /** Three govern, two of them are needed; one attests. The coin has begun, its reserve is attested and coins are at the exchange. */
  async beginTown({ reserveMinor = 1_000_000, legal = "play" } = {}): Promise<void> {
    const { tenantId } = this;
    const member = () => ({ key: new DeviceKey(), account: new Uint8Array(randomBytes(16)) });
    this.governors.push(member(), member(), member());
    this.attestors.push(member());
    const now = new Date(this.here.clock.now());
    await this.here.kernel.db.tenant(tenantId, async (tx) => {
      await sql`insert into wallet.coin (tenant_id, name, symbol, legal, governors_needed, attestors_needed)
        values (${tenantId}, 'Hafentaler', 'HAF', ${legal}, 2, 1)`.execute(tx);
      for (const [council, members] of [
        ["governors", this.governors],
        ["attestors", this.attestors],
      ] as const)
        for (const { key, account } of members)
          await sql`insert into wallet.council_member (tenant_id, council, staff_id, name, account, key, secret, joined_at)
            values (${tenantId}, ${council}, 'u1', 'Ada', ${Buffer.from(account)}, ${Buffer.from(key.compressed)}, ${randomBytes(16)}, ${now})`.execute(
            tx,
          );
    });
    await beginCoin(this.place, tenantId, 1);
    await this.attest(reserveMinor);
    const exchange = await this.exchangeAccount();
    await this.council(this.governors.slice(0, 2), {
      kind: "mint",
      by: 0,
      to: exchange,
      amount: reserveMinor * 10_000,
    });
  }

  async exchangeAccount(): Promise<Uint8Array> {
    const [row] = await this.rows("select encode(exchange_account, 'hex') as account from wallet.coin");
    return bytesOf(String(row?.account));
  }

  attest(amountMinor: number): Promise<void> {
    const statedAt = this.here.clock.now();
    const statement = new Uint8Array(randomBytes(32));
    return this.council(this.attestors, {
      kind: "attest",
      by: 0,
      asset: "EUR",
      amount: amountMinor,
      statedAt,
      statement,
    });
  }

  /** Signed by these, and done. */
  async council(signers: readonly Governor[], operation: Operation): Promise<void> {
    const ledger = await this.ledgers.ledger(this.tenantId);
    if (!ledger) throw new Error("There is no ledger.");
    const transaction: Transaction = {
      chainId: ledger.chainId,
      id: randomBytes(16),
      expiresAt: Math.max(ledger.time, this.here.clock.now()) + 3_600_000,
      signers: await Promise.all(
        signers.map(async ({ account, key }) => ({
          account,
          nonce: (await this.ledgers.account(this.tenantId, account))?.nextNonce ?? 0,
          scheme: "p256" as const,
          key: key.compressed,
        })),
      ),
      operations: [operation],
    };
    const body = encodeBody(transaction);
    const bytes = Buffer.concat([body, ...signers.map(({ key }) => key.sign(body))]);
    const { result } = await this.ledgers.submit(this.tenantId, bytes);
    if (result !== "applied") throw new Error(`The ledger said ${result}.`);
  }

  /** What is owed is published. */
  async seal(): Promise<void> {
    await this.job({ kind: "seal", by: 0 }, "registrar");
  }

  /** Something that the node signs, done now. */
  async job(operation: Operation, signer: "registrar" | "exchange"): Promise<string> {
    const { tenantId } = this;
    const now = this.here.clock.now();
    const common = { tenantId, ledgerTenantId: tenantId, signer, purpose: "test", subject: "", now };
    const id = await this.here.kernel.db.tenant(tenantId, (tx) =>
      putJob(tx, { ...common, operations: [operation] }),
    );
    await this.runner.run(tenantId);
    const [row] = await this.rows(`select result from wallet.job where id = '\\x${hexOf(id)}'`);
    return String(row?.result);
  }

  /** @param contactId to whom it was sent */
  async invitation(contactId?: number): Promise<string> {
    const now = this.here.clock.now();
    const key = await this.here.kernel.db.tenant(this.tenantId, (tx) =>
      insertInvitation(tx, this.tenantId, {
        label: "",
        uses: 1,
        by: "u1",
        now,
        expiresAt: now + 86_400_000,
        ...(contactId !== undefined && { contactId }),
      }),
    );
    return `${this.tenantId}.${key}`;
  }

  /** A customer with a wallet and so many cents in it. */
  async customer(minor = 0, contactId?: number): Promise<Phone> {
    const phone = await new Phone(this.stranger).open(await this.invitation(contactId));
    if (minor > 0) await this.sell(phone.account, minor);
    return phone;
  }

  async sell(account: string, minor: number): Promise<void> {
    const to = bytesOf(account);
    const reference = new Uint8Array(32);
    const result = await this.job(
      { kind: "transfer", by: 0, to, amount: minor * 10_000, reference },
      "exchange",
    );
    if (result !== "applied") throw new Error(`Selling was refused: ${result}.`);
  }

  /** The issuer's own shop, or another company of the node, takes the coin. */
  async merchant(tenantId = this.tenantId, name = "Hafenkontor"): Promise<Merchant> {
    const key = randomBytes(16).toString("hex");
    await this.here.kernel.db.tenant(this.tenantId, (tx) =>
      sql`insert into wallet.merchant (tenant_id, name, invitation, created_at)
        values (${this.tenantId}, ${name}, ${key}, ${new Date(this.here.clock.now())})`.execute(tx),
    );
    const invitation = `${this.tenantId}.${key}`;
    await joinAsMerchant(this.place, tenantId, { invitation, holder: name, iban: "DE02120300000000202051" });
    return this.merchantApi(tenantId);
  }

  ask(
    merchant: Merchant,
    amountMinor: number,
    more: Record<string, unknown> = {},
  ): Promise<wallet.TillRequest> {
    const body = { key: randomBytes(6).toString("hex"), amountMinor, title: "Fischbrötchen", ...more };
    return merchant.api.call(wallet.createTillRequest, { body });
  }

  async conversationOf(who: string): Promise<number> {
    const [row] = await this.rows(
      `select v.id from kernel.conversation v join kernel.identity i on i.tenant_id = v.tenant_id and i.contact_id = v.contact_id where i.value = '${who}'`,
    );
    return Number(row?.id);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.runner.close();
    await this.ledgers.close();
    await this.here.close();
  }
}
