import type { FastifyInstance } from "fastify";
import {
  createApiKey,
  createHttpServer,
  type Kernel,
  type OutboundMessage,
  openFiles,
  replyIn,
  type SkillManifest,
} from "#kernel";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";
import * as pay from "../../src/skills/pay/api.ts";
import { openPay } from "../../src/skills/pay/skill.ts";
import { ApiClient } from "./api-client.ts";
import { CompanyStage, openParts } from "./company-stage.ts";

/** A company that asks for money: its conversations, its API over HTTP, and services that stand on this machine. */

export const IBAN = "DE89370400440532013000";

/** What messages that left say. */
export const textOf = (message: OutboundMessage | undefined): string =>
  message && "text" in message.content ? (message.content.text ?? "") : "";

export class PayStage extends CompanyStage {
  owner!: ApiClient;
  base = "";
  skill!: SkillManifest;
  private app!: FastifyInstance;

  /** @param pages folder of the built pages; none = the API only */
  static async open(startMs: number, pages?: string): Promise<PayStage> {
    const here: { base: string } = { base: "" };
    const asker = openAsker({ allowedHosts: ["127.0.0.1"] });
    const skill = openPay({
      files: (house) => openFiles(house as Kernel),
      reply: async (house, tx, actor, { conversationId, input }) => {
        const profile = await house.profile(actor.tenantId);
        return (await replyIn({ tx, kernel: house as Kernel, profile, actor }, conversationId, input)).id;
      },
      publicUrl: () => here.base,
      ask: () => asker.ask,
    });
    const stage = new PayStage(await openParts([skill], startMs));
    stage.skill = skill;
    const { kernel } = stage.here;
    stage.app = createHttpServer(kernel, {
      routes: skill.routes?.(kernel) ?? [],
      checkReplies: true,
      ...(pages !== undefined && { pages }),
    });
    here.base = await stage.app.listen({ port: 0, host: "127.0.0.1" });
    stage.base = here.base;
    const { secret } = await createApiKey(kernel, stage.tenantId, { name: "Kasse", role: "owner" });
    stage.owner = new ApiClient(stage.base, { "x-api-key": secret });
    return stage;
  }

  /** The account that money goes to. */
  async setUp(change: Partial<pay.PaySettings> = {}): Promise<void> {
    const { missing: _, gaps: __, ...blank } = await this.owner.call(pay.getPaySettings);
    await this.owner.call(pay.savePaySettings, {
      body: { ...blank, holder: "Hafenkontor GmbH", iban: "DE89 3704 0044 0532 0130 00", ...change },
    });
  }

  async conversationOf(who: string): Promise<number> {
    const [row] = await this.rows(
      `select v.id from kernel.conversation v join kernel.identity i on i.tenant_id = v.tenant_id and i.contact_id = v.contact_id where i.value = '${who}'`,
    );
    return Number(row?.id);
  }

  sentTo(who: string): OutboundMessage[] {
    return this.sent.filter(({ to }) => to === who);
  }

  lastTo(who: string): string {
    return textOf(this.sentTo(who).at(-1));
  }

  /** Somebody who has written, and is asked for money. */
  async ask(who: string, amountMinor: number, more: Record<string, unknown> = {}): Promise<pay.PayRequest> {
    await this.says(who, "Guten Tag");
    const conversationId = await this.conversationOf(who);
    const body = {
      key: `${who} ${amountMinor}`,
      conversationId,
      amountMinor,
      title: "Glasknopf Elbe",
      ...more,
    };
    const made = await this.owner.call(pay.createPayRequest, { body });
    await this.here.settle();
    return made;
  }

  /** The customer's page, by its link. */
  page(request: Pick<pay.PayRequest, "page">): ApiClient {
    return new ApiClient(this.base, { authorization: `Pay ${request.page.split("#")[1]}` });
  }

  read(id: number): Promise<pay.PayRequest> {
    return this.owner.call(pay.getPayRequest, { params: { id } });
  }

  async importFile(text: string): Promise<pay.ImportReport> {
    const content = Buffer.from(text, "utf8").toString("base64");
    const report = await this.owner.call(pay.importStatements, { body: { name: "camt.xml", content } });
    await this.here.settle();
    return report;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.here.close();
  }
}
