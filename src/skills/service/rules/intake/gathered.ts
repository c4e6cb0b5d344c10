import { pairChat } from "./chat.ts";
import { readChatCsv, readChatJson } from "./chat-table.ts";
import type { Archive, ArchivedMail, Exchange } from "./exchange.ts";
import { IntakeError } from "./faults.ts";
import { decodeFile } from "./kind.ts";
import { pairMails } from "./mailbox.ts";
import { readWhatsApp } from "./whatsapp.ts";

export interface ReadArchive extends Archive {
  readonly isPage: boolean;
}

/** What came in, before it is known who asked and who answered. Plain data, so that a process of its own can go on with it. */
export type Gathered =
  | {
      readonly is: "mails";
      readonly mails: readonly ArchivedMail[];
      readonly broken: number;
      /** Addresses, domains or names of the company in it; [] = to be found. */
      readonly own: readonly string[];
    }
  | {
      readonly is: "chat";
      readonly kind: "whatsapp" | "table" | "json";
      readonly bytes: Uint8Array;
      readonly fileName: string;
      readonly own: readonly string[];
    }
  | { readonly is: "paired"; readonly archive: ReadArchive };

/**
 * Who asked what, and what staff answered. Takes up to seconds for the largest files.
 * @throws IntakeError what the file is not, or holds not
 */
export function pairGathered(gathered: Gathered): ReadArchive {
  if (gathered.is === "paired") return gathered.archive;
  if (gathered.is === "mails") return { ...pairMails(gathered.mails, gathered), isPage: false };
  const { kind, bytes, fileName, own } = gathered;
  const text = decodeFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const chat = { fileName, own };
  if (kind === "whatsapp") return { ...pairChat({ ...readWhatsApp(text), ...chat }), isPage: false };
  const table = kind === "table" ? readChatCsv(text) : readChatJson(text);
  if (table.exchanges.length > 0) return archiveOf(table.exchanges, { broken: table.broken, isPage: false });
  const paired = pairChat({ lines: table.lines, notes: 0, ...chat });
  const counts = { ...paired.counts, broken: table.broken, read: paired.counts.read + table.broken };
  return { ...paired, counts, isPage: false };
}

/** Of questions that stand beside their answers. @throws IntakeError no_questions */
export function archiveOf(
  exchanges: readonly Exchange[],
  { broken, isPage }: { broken: number; isPage: boolean },
): ReadArchive {
  if (exchanges.length === 0) throw new IntakeError("no_questions");
  const answered = exchanges.filter(({ answer }) => answer !== null).length;
  return {
    exchanges,
    own: "",
    isPage,
    counts: {
      read: exchanges.length + broken,
      automatic: 0,
      broken,
      questions: exchanges.length,
      answered,
    },
  };
}
