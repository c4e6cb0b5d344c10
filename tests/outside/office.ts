import { randomUUID } from "node:crypto";
import * as api from "#kernel/api";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import type { ApiClient } from "./api-client.ts";
import { type Company, connectWhatsapp, newCompany } from "./company.ts";
import { conversationOf, originOf, signedIn } from "./desk.ts";
import { until } from "./until.ts";
import { newNumber, type WhatsappLine } from "./whatsapp.ts";

/** A company with two agents, a department, a WhatsApp number and a web chat, for the desk's journeys. */

export interface Colleague {
  id: string;
  client: ApiClient;
}

export interface Office {
  node: SharedNode;
  base: string;
  company: Company;
  line: WhatsappLine;
  webKey: string;
  departmentId: number;
  /** Of no department. */
  jana: Colleague;
  /** Of the department. */
  mert: Colleague;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const node = await sharedNode();
  const base = originOf(node.report);
  const company = await newCompany(node);
  const { line, close } = await connectWhatsapp(node, company);
  const { address: webKey } = await company.owner.call(api.createChannel, {
    body: { kind: "web", name: "Shop", origins: [] },
  });
  const { id: departmentId } = await company.owner.call(api.createDepartment, { body: { name: "Lager" } });
  const jana = await colleague({ base, company }, { name: "Jana Petersen", departmentId: null });
  const mert = await colleague({ base, company }, { name: "Mert Yılmaz", departmentId });
  return { node, base, company, line, webKey, departmentId, jana, mert, close };
}

/** An agent who signs in with the password that was shown once. */
export async function colleague(
  { base, company }: Pick<Office, "base" | "company">,
  person: { name: string; departmentId: number | null },
): Promise<Colleague> {
  const email = `${randomUUID().slice(0, 8)}@example.com`;
  const made = await company.owner.call(api.createStaff, { body: { ...person, email, role: "agent" } });
  const client = await signedIn(base, { email, password: made.oneTimePassword ?? "" });
  return { id: made.member.id, client };
}

export const newCustomerName = (): string => `Kundin ${randomUUID().slice(0, 8)}`;

export interface Customer {
  from: string;
  name: string;
  /** Of the conversation. */
  id: number;
  say(text: string): Promise<string>;
}

/** Somebody who asked for a person by WhatsApp and waits. */
export async function waitingCustomer({
  line,
  company,
}: Pick<Office, "line" | "company">): Promise<Customer> {
  const [from, name] = [newNumber(), newCustomerName()];
  const say = (text: string) => line.say({ from, name, text });
  await say("Ich möchte mit einem Menschen sprechen");
  const { id } = await conversationOf(company.owner, name);
  await until("handed over", async () => {
    const row = await company.owner.call(api.getConversation, { params: { id } });
    return row.state === "waiting";
  });
  return { from, name, id, say };
}
