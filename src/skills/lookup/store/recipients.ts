import { sql } from "kysely";
import type { RecipientsOf } from "#kernel";
import type { RegisterKind } from "../adapters/index.ts";

/** Shops and registers that are asked: they learn the number that is asked for, and what they answer comes from them. */
export const lookupRecipients: RecipientsOf = async (tx, tenantId) => {
  const { rows } = await sql<{ kind: RegisterKind; address: string }>`
    select kind, address from lookup.connection where tenant_id = ${tenantId} and active and kind <> 'csv' order by kind, address`.execute(
    tx,
  );
  return rows.map(({ kind, address }) => ({
    kind: "register",
    name: `${NAMES[kind]}: ${URL.canParse(address) ? new URL(address).host : address}`,
    text: TEXTS[kind === "shopify" ? "hosted" : "own"],
    thirdCountry: kind === "shopify" ? SHOPIFY : null,
  }));
};

const NAMES: Readonly<Record<RegisterKind, string>> = {
  woocommerce: "WooCommerce",
  shopware: "Shopware",
  shopify: "Shopify",
  service: "Auskunft / register",
  csv: "",
};

const TEXTS = {
  own: {
    de: "Wird gefragt, wenn Kunden nach Bestellung, Sendung, Rechnung, Termin oder Maschine fragen: erfährt die Nummer oder den Tag und ist Quelle der Auskunft und der Angaben, mit denen der Nachweis verglichen wird. Betreibt den Dienst ein anderer: Auftragsverarbeitungsvertrag ablegen.",
    en: "Is asked when customers ask about an order, parcel, invoice, appointment or machine: learns the number or the day, and is the source of the answer and of what a proof is compared with. If somebody else runs it: file the processor contract.",
  },
  hosted: {
    de: "Wird gefragt, wenn Kunden nach Bestellung oder Rechnung fragen: erfährt die Nummer und ist Quelle der Auskunft und der Angaben, mit denen der Nachweis verglichen wird. Vertrag: den Zusatz zur Datenverarbeitung von Shopify ablegen.",
    en: "Is asked when customers ask about an order or invoice: learns the number, and is the source of the answer and of what a proof is compared with. Contract: file Shopify's data processing addendum.",
  },
} as const;

/** https://help.shopify.com/en/manual/privacy-and-security/privacy/international-data-transfers/onward-transfers */
const SHOPIFY = {
  de: "Shopify Inc. in Kanada (Angemessenheitsbeschluss) und Unterauftragnehmer in weiteren Ländern (Standardvertragsklauseln); Grundlage prüfen (Art. 44 bis 49 DSGVO).",
  en: "Shopify Inc. in Canada (adequacy decision) and sub-processors in other countries (standard contractual clauses); check the basis (Art. 44 to 49 GDPR).",
};
