import type { Language } from "../i18n/catalogue.ts";
import type { DocumentFacts } from "./facts.ts";
import type { Paper } from "./paper.ts";
import { processorContract } from "./texts/contract.ts";
import { processingRecord } from "./texts/record.ts";
import { retentionTable } from "./texts/retention.ts";
import { worksAgreement } from "./texts/works-agreement.ts";

/** The papers by the name of their file and address. */
export const papers: Readonly<Record<string, (facts: DocumentFacts, language: Language) => Paper>> = {
  "processing-record": processingRecord,
  "processor-contract": processorContract,
  "retention-table": retentionTable,
  "works-agreement": worksAgreement,
};
