import { sql } from "kysely";
import type { RecipientsOf } from "#kernel";

const CALL = /^\s*call\s+(?:GET|POST)\s+"https?:\/\/([^/"?#\s{]+)/gim;

/** Services that live flows ask: they learn what the flow sends, e.g. an order's number. */
export const flowRecipients: RecipientsOf = async (tx, tenantId) => {
  const { rows } = await sql<{ text: string }>`
    select v.text from service.flow f join service.flow_version v
      on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version
    where f.tenant_id = ${tenantId}`.execute(tx);
  const hosts = new Set(rows.flatMap(({ text }) => [...text.matchAll(CALL)].map(([, host = ""]) => host)));
  return [...hosts].sort().map((name) => ({
    kind: "service",
    name,
    text: {
      de: "Wird von einem Ablauf gefragt und erfährt dabei, was der Ablauf sendet. Gehört der Dienst einem anderen: Vertrag prüfen.",
      en: "Is asked by a flow and learns what the flow sends. If the service is somebody else's: check the contract.",
    },
    thirdCountry: null,
  }));
};
