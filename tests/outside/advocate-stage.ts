import type { OutboundMessage } from "#kernel";
import * as api from "../../src/skills/advocate/api.ts";
import type { WarningTemplate } from "../../src/skills/advocate/rules/template.ts";
import { openAdvocate } from "../../src/skills/advocate/skill.ts";
import { CompanyStage, openParts } from "./company-stage.ts";

/** A company whose only skill is the advocate. */

/** A contract of a year whose last day to cancel is 28 February 2027, a Sunday. */
export const gas = {
  kind: "contract",
  start: "2026-04-01",
  minimumMonths: 12,
  noticePeriod: "1M",
  renewalMonths: 12,
  monthlyCents: 4_000,
};

/** @param windowMs see `openParts`; @param templates what the company keeps for warnings, may change meanwhile */
export async function openStage(
  windowMs: number | null = null,
  templates: readonly WarningTemplate[] = [],
): Promise<Stage> {
  const skill = openAdvocate({ templates: { ofCompany: async () => templates } });
  return new Stage(await openParts([skill], Date.parse("2026-09-01T08:00:00Z"), windowMs));
}

export class Stage extends CompanyStage {
  /** Taps the option with this title on the message. */
  taps(from: string, message: OutboundMessage | undefined, title: string): Promise<void> {
    const options = message?.content.type === "text" ? (message.content.options ?? []) : [];
    const option = options.find((one) => one.title === title);
    if (!option) throw new Error(`No option ${title} among ${options.map((one) => one.title)}`);
    return this.says(from, { type: "choice", id: option.id, text: title });
  }

  /** Somebody who wrote to the company once and agreed to these kinds of warnings. */
  async person(value: string, ...topics: string[]): Promise<number> {
    await this.says(value, "Moin");
    const contactId = await this.contactOf(value);
    // No skill here answers a greeting; a person who took it has finished.
    await this.rows(`update kernel.conversation set state = 'bot' where contact_id = ${contactId}`);
    for (const topic of topics) await this.sayYes(contactId, topic);
    this.sent.length = 0;
    return contactId;
  }

  async putContract(
    contactId: number,
    change: Record<string, unknown> = {},
    reference = "GAS-1",
  ): Promise<number> {
    const { id } = await this.call(api.putFact, {
      params: { kind: "contract", reference },
      body: { customer: { contactId }, title: "Erdgas", fact: { ...gas, ...change } },
    });
    await this.here.settle();
    return id;
  }

  texts(): string[] {
    return this.sent.map(({ content }) => (content.type === "text" ? content.text : content.type));
  }
}
