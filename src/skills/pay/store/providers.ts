import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { AppError, type RecipientsOf, type Tx } from "#kernel";
import type { Provider } from "../api.ts";
import type { FaultCode, ProviderAccount, ProviderKind } from "../ports.ts";
import { tell } from "./tx.ts";

/** The company's accounts at services. */

export interface ProviderRow {
  kind: ProviderKind;
  api_key: string;
  webhook_secret: string;
  hook_key: string;
  api_base: string;
  active: boolean;
  fault: Provider["fault"];
  fault_at: Date | null;
  revision: number;
}

const KINDS: readonly ProviderKind[] = ["stripe", "mollie"];
const KEY_SHOWN = 4;
const EVENTS: Readonly<Record<ProviderKind, string[]>> = {
  stripe: [
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
  ],
  mollie: [],
};

const COLUMNS = sql`kind, api_key, webhook_secret, hook_key, api_base, active, fault, fault_at, revision`;

export async function findProvider(
  tx: Tx,
  tenantId: number,
  kind: ProviderKind,
): Promise<ProviderRow | undefined> {
  const { rows } =
    await sql<ProviderRow>`select ${COLUMNS} from pay.provider where tenant_id = ${tenantId} and kind = ${kind}`.execute(
      tx,
    );
  return rows[0];
}

export async function activeProviders(tx: Tx, tenantId: number): Promise<ProviderRow[]> {
  const { rows } = await sql<ProviderRow>`
    select ${COLUMNS} from pay.provider where tenant_id = ${tenantId} and active order by kind desc`.execute(
    tx,
  );
  return rows;
}

/** Can money be taken by a service? */
export async function hasProvider(tx: Tx, tenantId: number): Promise<boolean> {
  return (await activeProviders(tx, tenantId)).length > 0;
}

export const accountOf = (row: ProviderRow): ProviderAccount => ({
  apiKey: row.api_key,
  webhookSecret: row.webhook_secret,
  apiBase: row.api_base,
});

/** The company leads the way to its own rows. */
export const hookAddress = (
  base: string,
  tenantId: number,
  row: Pick<ProviderRow, "kind" | "hook_key">,
): string => `${base}/api/v1/pay-hooks/${row.kind}-${tenantId}-${row.hook_key}`;

export async function shownProviders(tx: Tx, tenantId: number, base: string): Promise<Provider[]> {
  const found: Provider[] = [];
  for (const kind of KINDS) {
    const row = await findProvider(tx, tenantId, kind);
    found.push({
      kind,
      isConnected: row !== undefined,
      active: row?.active ?? false,
      keyEnds: row ? row.api_key.slice(-KEY_SHOWN) : "",
      hasSecret: (row?.webhook_secret ?? "") !== "",
      webhook: row ? hookAddress(base, tenantId, row) : "",
      events: EVENTS[kind],
      fault: row?.fault ?? "",
      faultAt: row?.fault_at?.toISOString() ?? null,
      revision: row?.revision ?? 0,
    });
  }
  return found;
}

export interface ProviderChange {
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly active: boolean;
  /** 0 = not connected yet. */
  readonly revision: number;
}

/** @throws AppError conflict; bad_request without a key */
export async function writeProvider(
  tx: Tx,
  tenantId: number,
  kind: ProviderKind,
  change: ProviderChange & { now: number },
): Promise<void> {
  const { apiKey, webhookSecret, active, revision, now } = change;
  if (revision === 0 && apiKey === "")
    throw new AppError("bad_request", undefined, [{ path: "apiKey", message: "is needed to connect" }]);
  const { rows } =
    revision === 0
      ? await sql`insert into pay.provider (tenant_id, kind, api_key, webhook_secret, hook_key, active)
          values (${tenantId}, ${kind}, ${apiKey}, ${webhookSecret}, ${randomBytes(16).toString("hex")}, ${active})
          on conflict do nothing returning revision`.execute(tx)
      : await sql`update pay.provider set api_key = coalesce(nullif(${apiKey}, ''), api_key),
          webhook_secret = coalesce(nullif(${webhookSecret}, ''), webhook_secret), active = ${active}, revision = revision + 1
          where tenant_id = ${tenantId} and kind = ${kind} and revision = ${revision} returning revision`.execute(
          tx,
        );
  if (rows.length === 0) throw new AppError("conflict");
  await tell(tx, tenantId, "providers", now);
}

export async function removeProvider(
  tx: Tx,
  tenantId: number,
  kind: ProviderKind,
  now: number,
): Promise<void> {
  await sql`delete from pay.provider where tenant_id = ${tenantId} and kind = ${kind}`.execute(tx);
  await tell(tx, tenantId, "providers", now);
}

/** @param fault null = the call brought what was asked for */
export async function noteFault(
  tx: Tx,
  tenantId: number,
  kind: ProviderKind,
  { fault, now }: { fault: FaultCode | null; now: number },
): Promise<void> {
  await sql`update pay.provider set fault = ${fault ?? ""}, fault_at = ${fault === null ? null : new Date(now)}
    where tenant_id = ${tenantId} and kind = ${kind}`.execute(tx);
}

/** Services learn what is paid, how much and when; who pays tells them the rest. */
export const payRecipients: RecipientsOf = async (tx, tenantId) => {
  const rows = await activeProviders(tx as Tx, tenantId);
  return rows.map(({ kind }) => ({
    kind: "payment",
    name: kind === "stripe" ? "Stripe Payments Europe, Ltd." : "Mollie B.V.",
    text: {
      de: "Nimmt Zahlungen mit Karte und anderen Mitteln an: erfährt Zweck und Betrag, alles Weitere gibt der Kunde dort selbst an. Eigener Verantwortlicher für den Zahlungsdienst; Vertrag und Hinweise des Dienstes ablegen.",
      en: "Takes payments by card and other means: learns what is paid for and how much; everything else the customer gives there. A controller of its own for the payment service; file its contract and notices.",
    },
    thirdCountry:
      kind === "stripe"
        ? {
            de: "Stripe übermittelt an Stripe, Inc. in den USA (Data Privacy Framework, Standardvertragsklauseln); Grundlage prüfen (Art. 44 bis 49 DSGVO).",
            en: "Stripe passes data on to Stripe, Inc. in the USA (Data Privacy Framework, standard contractual clauses); check the basis (Art. 44 to 49 GDPR).",
          }
        : null,
  }));
};
