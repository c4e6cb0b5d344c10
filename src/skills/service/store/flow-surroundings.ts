import { sql } from "kysely";
import { type FlowDocument, parseFlow, type Surroundings } from "../flow-text/index.ts";
import type { FlowTx } from "./flow-tables.ts";

/** @param name the flow that is looked at; it is none of the others */
export async function readSurroundings(tx: FlowTx, tenantId: number, name: string): Promise<Surroundings> {
  return {
    topics: await readTopics(tx, tenantId),
    others: await readOthers(tx, tenantId, name),
  };
}

export async function readTopics(tx: FlowTx, tenantId: number): Promise<Set<string>> {
  const { rows } = await sql<{
    intent: string;
  }>`select intent from service.topic where tenant_id = ${tenantId}`.execute(tx);
  return new Set(rows.map(({ intent }) => intent));
}

async function readOthers(tx: FlowTx, tenantId: number, name: string): Promise<FlowDocument[]> {
  const { rows } = await sql<{ text: string }>`
    select v.text from service.flow f
    join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version
    where f.tenant_id = ${tenantId} and f.name <> ${name} order by f.name`.execute(tx);
  return rows.map(({ text }) => parseFlow(text).document);
}
