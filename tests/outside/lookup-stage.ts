import { expect } from "vitest";
import type { OutboundMessage } from "#kernel";
import * as lookup from "../../src/skills/lookup/api.ts";
import { openLookup } from "../../src/skills/lookup/skill.ts";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";
import * as service from "../../src/skills/service/api.ts";
import { skills } from "../../src/skills.ts";
import { CompanyStage, openParts } from "./company-stage.ts";

/** A company whose customers ask by messenger what became of something, with registers that tests connect. */

const FLOWS = [
  ["order", "Wo ist meine Bestellung?", "Where is my order?"],
  ["parcel", "Wo ist mein Paket?", "Where is my parcel?"],
  ["invoice", "Ist meine Rechnung bezahlt?", "Is my invoice paid?"],
  ["appointment", "Wann ist mein Termin?", "When is my appointment?"],
  ["machine", "Wie weit ist meine Maschine?", "What about my machine?"],
] as const;
type Kind = (typeof FLOWS)[number][0];

/** The first words about each, by language. */
export const ASK = Object.fromEntries(FLOWS.map(([kind, de, en]) => [kind, { de, en }])) as Readonly<
  Record<Kind, { de: string; en: string }>
>;

const flowText = ([kind, de, en]: (typeof FLOWS)[number]): string => `flow find_${kind}
  title
    de: ${de.replace("?", "")}
    en: ${en.replace("?", "")}
  start
    de: ${de}
    en: ${en}

step begin
  start flow lookup_${kind}
`;

const wordsOf = ({ content }: OutboundMessage): string =>
  "text" in content ? [content.text, "link" in content ? content.link : ""].filter(Boolean).join(" ") : "";

const SUNDAY = `flow sunday
  title
    de: Sonntag
    en: Sunday
  start
    de: Haben Sie am Sonntag geöffnet?
    en: Are you open on Sunday?

step begin
  say
    de: Nein, sonntags ist zu.
    en: No, we are closed on Sundays.
  -> end
`;

/** Holds what registers answer, as a slow one would. */
interface Gate {
  asked: number;
  held: Promise<void> | null;
}

export class LookupStage {
  readonly stage: CompanyStage;
  private readonly gate: Gate;
  private readonly stop: () => Promise<void>;

  private constructor(stage: CompanyStage, gate: Gate, stop: () => Promise<void>) {
    this.stage = stage;
    this.gate = gate;
    this.stop = stop;
  }

  static async open(): Promise<LookupStage> {
    const asker = openAsker({ allowedHosts: ["127.0.0.1"] });
    const gate: Gate = { asked: 0, held: null };
    const own = openLookup({
      outside: () => ({
        async ask(request) {
          const answer = await asker.ask(request);
          gate.asked += 1;
          await gate.held;
          return answer;
        },
        mayBePlain: asker.isAllowed,
        secret: async (name) => `secret ${name}`,
        sign: () => "t=0,v1=0",
        readFile: async () => null,
      }),
    });
    const all = skills.map((skill) => (skill.id === "lookup" ? own : skill));
    const parts = await openParts(all, Date.parse("2026-11-24T09:00:00Z"), null, { withWhatsapp: true });
    const stage = new CompanyStage(parts);
    await parts.here.channel(parts.tenantId, { kind: "email", address: "laden@example.org" });
    for (const text of [...FLOWS.map(flowText), SUNDAY]) {
      const { id } = await stage.call(service.createFlow, { body: { text } });
      await stage.call(service.publishFlow, { params: { id }, body: { revision: 1 } });
    }
    return new LookupStage(stage, gate, async () => {
      await stage.here.close();
      await asker.close();
    });
  }

  /** Says it; resolves with everything that is answered. */
  async talk(from: string, text: string, by: "telegram" | "whatsapp" = "telegram"): Promise<string> {
    const heard = this.heard(from).length;
    await this.stage.says(from, text, by);
    return this.heard(from).slice(heard).join("\n");
  }

  /** Says the second while the register that the first one asks has not answered yet. */
  async talkWhileAsked(from: string, first: string, second: string): Promise<void> {
    const { gate } = this;
    let open = () => {};
    gate.held = new Promise((done) => {
      open = done;
    });
    const before = gate.asked;
    const asking = this.stage.says(from, first);
    await expect.poll(() => gate.asked, { timeout: 20_000 }).toBeGreaterThan(before);
    const saying = this.stage.says(from, second);
    const taken = () =>
      this.stage.rows(
        `select 1 from kernel.message m join kernel.conversation v on v.tenant_id = m.tenant_id and v.id = m.conversation_id
          where v.reply_address = '${from}' and m.author = 'customer' and m.content ->> 'text' = '${second}'`,
      );
    await expect.poll(async () => (await taken()).length, { timeout: 20_000 }).toBe(1);
    gate.held = null;
    open();
    await Promise.all([asking, saying]);
  }

  upload(id: number, text: string): Promise<lookup.Connection> {
    return this.stage.call(lookup.uploadLookupFile, { params: { id }, body: { text } });
  }

  /** Everything that was sent to somebody, oldest first. */
  heard(from: string): string[] {
    return this.stage.sent.filter(({ to }) => to === from).map(wordsOf);
  }

  /** Connects them in this order, and takes them away again. */
  async withRegisters<T>(
    registers: readonly {
      kind: lookup.Connection["kind"];
      name: string;
      address?: string;
      keys?: Record<string, string>;
      file?: string;
      of: lookup.Connection["kinds"];
    }[],
    work: () => Promise<T>,
  ): Promise<T> {
    const made: number[] = [];
    try {
      for (const { file, of: kinds, ...register } of registers) {
        const { id } = await this.stage.call(lookup.createLookupConnection, { body: { ...register, kinds } });
        made.push(id);
        if (file) await this.upload(id, file);
      }
      // Other processes hear of it in a moment; here what is known becomes old.
      this.stage.here.clock.advance(61_000);
      return await work();
    } finally {
      for (const id of made) await this.stage.call(lookup.deleteLookupConnection, { params: { id } });
    }
  }

  async changePrefix(name: string, prefix: string): Promise<void> {
    const { items } = await this.stage.call(lookup.listLookupConnections);
    const found = items.find((one) => one.name === name) as lookup.Connection;
    const body = { name, address: found.address, prefix, kinds: found.kinds };
    await this.stage.call(lookup.replaceLookupConnection, { params: { id: found.id }, body });
  }

  /** Why a conversation is with a person; null while it is not. */
  async handedOver(from: string): Promise<string | null> {
    const [row] = await this.stage.rows(
      `select v.hand_over ->> 'summary' as summary from kernel.conversation v
        where v.reply_address = '${from}' and v.state <> 'bot'`,
    );
    return row ? String(row.summary) : null;
  }

  close(): Promise<void> {
    return this.stop();
  }
}
