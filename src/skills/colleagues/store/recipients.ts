import type { RecipientsOf } from "#kernel";
import type { OwnTx } from "./tx.ts";

/** Whoever may be asked, for the processing record: each address of the list, and each open domain. */
export const colleagueRecipients: RecipientsOf = async (tx, tenantId) => {
  const own = tx as unknown as OwnTx;
  const listed = await own
    .selectFrom("colleagues.colleague")
    .select(["name", "email", "topic"])
    .where("tenant_id", "=", tenantId)
    .orderBy("name")
    .execute();
  const settings = await own
    .selectFrom("colleagues.settings")
    .select("domains")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  const names = [
    ...listed.map(({ name, email, topic }) => [`${name} <${email}>`, topic].filter(Boolean).join(", ")),
    ...(settings?.domains ?? []).map((domain) => `@${domain}`),
  ];
  return names.map((name) => ({
    kind: "email",
    name,
    text: {
      de: "Kann von Agentinnen und Agenten per Mail zu einem Gespräch gefragt werden und liest dann den mitgegebenen Teil. Wer nicht zum Betrieb gehört, braucht einen Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO).",
      en: "Can be asked by agents by mail about a conversation, and then reads the part that goes along. Who does not belong to the company needs a processing contract (Art. 28 GDPR).",
    },
    thirdCountry: null,
  }));
};
