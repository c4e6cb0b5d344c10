import { createHash } from "node:crypto";
import { sql } from "kysely";
import { AppError, type House, localDate, type Tx } from "#kernel";
import { type Drawing, drawPdf } from "../adapters/pdf.ts";
import type { Quotation, Version } from "../api.ts";
import type { Desk } from "../ports.ts";
import { type DocumentData, sheetOf } from "../rules/sheet.ts";
import { companyRow } from "./companies.ts";
import { readLetterhead } from "./letterhead.ts";
import { readQuotation } from "./quotations.ts";

/** Making documents, and keeping them. */

const MOST_BYTES = 10 * 1024 * 1024;

export interface Document {
  name: string;
  bytes: Buffer;
  sha256: string;
}

/** What a document is made of; read in a transaction, drawn outside of it. */
export interface DocumentPlan {
  drawing: Drawing;
  name: string;
  quotation: Quotation;
  version: Version;
}

interface Wanted {
  id: number;
  kind: DocumentData["kind"];
  /** Which version; null = the draft. */
  version: number | null;
  /** A preview shows no number. */
  isPreview?: true;
}

/** @throws AppError not_found, rule_broken */
export async function planDocument(
  house: House,
  tx: Tx,
  tenantId: number,
  wanted: Wanted,
): Promise<DocumentPlan> {
  const profile = await house.profile(tenantId);
  const now = house.clock.now();
  const quotation = await readQuotation(tx, tenantId, wanted.id);
  const version = quotation.versions.find((one) =>
    wanted.version === null ? one.state === "draft" : one.version === wanted.version,
  );
  if (!version) throw new AppError("rule_broken", "There is no such version.");
  const company = await companyRow(tx, tenantId, quotation.company.id);
  const isOrder = wanted.kind === "confirmation";
  const number = isOrder ? (quotation.confirmation?.number ?? null) : quotation.number;
  const day = (at: number) => localDate(at, profile.timeZone);
  const data: DocumentData = {
    kind: wanted.kind,
    number: wanted.isPreview && version.version === 1 ? null : number,
    version: version.version,
    date: day(now),
    content: version,
    customer: {
      ...company,
      postalCode: company.postal_code,
      vatId: company.vat_id,
      person: isOrder ? (quotation.acceptance?.by ?? "") : (quotation.person?.name ?? ""),
    },
    sender: { ...(await readLetterhead(tx, tenantId)), name: profile.name },
    by: await authorOf(tx, tenantId, wanted.id),
    order:
      isOrder && quotation.acceptance
        ? { number: quotation.number ?? "", day: day(Date.parse(quotation.acceptance.acceptedAt)) }
        : null,
  };
  const sheet = sheetOf(data);
  const name = `${sheet.title.replace(/[^\p{L}\p{N}-]+/gu, "-")}${version.version > 1 && !isOrder ? `-v${version.version}` : ""}.pdf`;
  return {
    drawing: { sheet, logo: profile.logo, name: profile.name, madeAt: now },
    name,
    quotation,
    version,
  };
}

async function authorOf(tx: Tx, tenantId: number, id: number): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select s.name from business.quotation q join kernel.staff s on s.tenant_id = q.tenant_id and s.user_id = q.created_by
    where q.tenant_id = ${tenantId} and q.id = ${id}`.execute(tx);
  return rows[0]?.name ?? "";
}

export async function makeDocument({ drawing, name }: DocumentPlan): Promise<Document> {
  const bytes = await drawPdf(drawing);
  return { name, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export interface KeptDocument {
  /** The document of record: it stands in no conversation, so it goes with none. */
  fileId: string;
  /** What the customer gets. */
  copy: { fileId: string; mime: string; name: string; size: number };
  sha256: string;
}

/** Two files with the same bytes: one for the records, one for the conversation. */
export async function keepDocument(
  house: House,
  desk: Desk,
  of: { tenantId: number; conversationId: number | null },
  document: Document,
): Promise<KeptDocument> {
  const files = desk.files(house);
  const { tenantId, conversationId } = of;
  const file = { tenantId, name: document.name, limitBytes: MOST_BYTES };
  async function* bytes() {
    yield document.bytes;
  }
  const record = await files.receive(file, bytes());
  const copy = await files.receive({ ...file, ...(conversationId !== null && { conversationId }) }, bytes());
  return { fileId: record.fileId, copy, sha256: document.sha256 };
}
