export type {
  Archive,
  ArchiveCounts,
  ArchivedMail,
  Exchange,
  Proposals,
  ProposedTopic,
} from "./exchange.ts";
export { readFaqPage, type TextOfHtml } from "./faq-page.ts";
export { IntakeError, type IntakeFault } from "./faults.ts";
export { archiveOf, type Gathered, pairGathered, type ReadArchive } from "./gathered.ts";
export { decodeFile, HEAD_BYTES, type IntakeKind, kindOf } from "./kind.ts";
export { openMboxSplitter } from "./mbox.ts";
export { type ProposeOptions, propose } from "./proposals.ts";
