import { sql } from "kysely";
import { type FlowDocument, parseFlow, type Surroundings } from "../flow-text/index.ts";
import type { FlowTx } from "./flow-tables.ts";

/** @param name the flow that is looked at; it is none of the others */
export async function readSurroundings(tx: FlowTx, tenantId: number, name: string): Promise<Surroundings> {
  const topics = await sql<{
    intent: string;
  }>`select intent from service.topic where tenant_id = ${tenantId}`.execute(tx);
  return {
    topics: new Set(topics.rows.map(({ intent }) => intent)),
    others: await readOthers(tx, tenantId, name),
  };
}

async function readOthers(tx: FlowTx, tenantId: number, name: string): Promise<FlowDocument[]> {
  const { rows } = await sql<{ text: string }>`
    select v.text from service.flow f
    join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version
    where f.tenant_id = ${tenantId} and f.name <> ${name} order by f.name`.execute(tx);
  return rows.map(({ text }) => parseFlow(text).document);
}
