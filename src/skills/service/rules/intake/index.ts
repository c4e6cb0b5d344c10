export { pairChat } from "./chat.ts";
export { readChatCsv, readChatJson } from "./chat-table.ts";
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
export { decodeFile, HEAD_BYTES, type IntakeKind, kindOf } from "./kind.ts";
export { pairMails } from "./mailbox.ts";
export { openMboxSplitter } from "./mbox.ts";
export { type ProposeOptions, propose } from "./proposals.ts";
export { readWhatsApp } from "./whatsapp.ts";
