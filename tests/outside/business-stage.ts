import type { OutboundMessage } from "#kernel";
import * as business from "../../src/skills/business/api.ts";
import { CompanyStage } from "./company-stage.ts";

/** A company whose customers are companies: who speaks for whom, and what is offered to them. */

const line = {
  text: "Sechskantschraube M8",
  quantityMilli: 12_500_000,
  unit: "Stück",
  priceCents: 347,
  per: 100,
};
/** What every quotation of the tests offers. */
export const offered = {
  language: "de" as const,
  validUntil: "2026-12-01",
  lines: [{ ...line, discountBp: 750, taxBp: 1900 }],
  delivery: "10 Tage",
};

export const textOf = (message: OutboundMessage | undefined): string =>
  message && "text" in message.content ? (message.content.text ?? "") : "";

export class BusinessStage extends CompanyStage {
  sentTo(who: string): OutboundMessage[] {
    return this.sent.filter(({ to }) => to === who);
  }

  lastTo(who: string): string {
    return textOf(this.sentTo(who).at(-1));
  }

  async conversationOf(who: string): Promise<number> {
    const [row] = await this.rows(
      `select v.id from kernel.conversation v join kernel.identity i on i.tenant_id = v.tenant_id and i.contact_id = v.contact_id where i.value = '${who}'`,
    );
    return Number(row?.id);
  }

  async speaksFor(who: string, roles: business.Role[], of: business.Company): Promise<number> {
    await this.says(who, "Guten Tag");
    const contactId = await this.contactOf(who);
    const { persons } = await this.call(business.addPerson, {
      params: { id: of.id },
      body: { contactId, roles },
    });
    // Other processes hear of it in a moment; here what is known becomes old.
    this.here.clock.advance(61_000);
    return persons.find((one) => one.contactId === contactId)?.id ?? 0;
  }

  /** A draft with everything in it. */
  async draft(
    who: string,
    validUntil: string = offered.validUntil,
  ): Promise<{ id: number; revision: number | undefined }> {
    const begun = await this.call(business.createQuotation, {
      body: { conversationId: await this.conversationOf(who) },
    });
    const { id } = begun;
    const saved = await this.call(business.saveQuotation, {
      params: { id },
      body: { ...offered, validUntil, revision: begun.versions[0]?.revision },
    });
    return { id, revision: saved.versions[0]?.revision };
  }

  async offer(who: string, validUntil?: string): Promise<business.Quotation> {
    const { id, revision } = await this.draft(who, validUntil);
    const sent = await this.call(business.sendQuotation, { params: { id }, body: { revision } });
    await this.here.settle();
    return sent;
  }
}
