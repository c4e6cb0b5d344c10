import type { Letters } from "../ports.ts";
import {
  type Archive,
  type ArchivedMail,
  decodeFile,
  type Exchange,
  HEAD_BYTES,
  IntakeError,
  kindOf,
  openMboxSplitter,
  pairChat,
  pairMails,
  readChatCsv,
  readChatJson,
  readFaqPage,
  readWhatsApp,
} from "../rules/intake/index.ts";

/** Largest page or conversation, bytes. */
const TEXT_BYTES = 20 * 1024 * 1024;
export const MAILS_MAX = 20_000;
/** Reading shares its process with people who wait for an answer. */
const SLICE_MS = 15;

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
  /** Addresses, domains or names of the company in it; [] = to be found. */
  readonly own: readonly string[];
}

export interface ReadArchive extends Archive {
  readonly isPage: boolean;
}

/**
 * Reads a page, a mailbox or an exported conversation as it comes in.
 * @param onRead bytes read so far
 * @throws IntakeError what the file is not, or holds not; nothing of it is kept then
 */
export async function readArchive(
  file: ArchiveFile,
  letters: Letters,
  onRead: (bytes: number) => Promise<void> = async () => {},
): Promise<ReadArchive> {
  let head: Buffer = Buffer.alloc(0);
  let read = 0;
  const splitter = openMboxSplitter();
  const mails = openMailReader(letters);
  const pieces: Buffer[] = [];
  let kind: ReturnType<typeof kindOf> | null = null;
  const take = async (piece: Buffer): Promise<void> => {
    if (kind === "mailbox") return mails.read(splitter.push(piece));
    pieces.push(piece);
    if (kind !== null && read > TEXT_BYTES) throw new IntakeError("too_many");
  };
  for await (const piece of file.bytes) {
    read += piece.length;
    if (kind === null) {
      head = Buffer.concat([head, piece]);
      if (head.length < HEAD_BYTES) continue;
      kind = kindOf(head.subarray(0, HEAD_BYTES), file.name);
      await take(head);
    } else await take(piece);
    await onRead(read);
  }
  if (kind === null) {
    kind = kindOf(head, file.name);
    await take(head);
  }
  if (kind === "mailbox") {
    await mails.read(splitter.end());
    return { ...pairMails(mails.found, { own: file.own, broken: mails.broken() }), isPage: false };
  }
  return readText(kind, decodeFile(Buffer.concat(pieces)), file, letters);
}

function openMailReader(letters: Letters) {
  const found: ArchivedMail[] = [];
  let broken = 0;
  let since = performance.now();
  return {
    found,
    broken: () => broken,
    async read(raws: readonly Buffer[]): Promise<void> {
      for (const raw of raws) {
        const mail = letters.read(raw);
        if (mail) found.push(mail);
        else broken++;
        if (found.length > MAILS_MAX) throw new IntakeError("too_many");
        if (performance.now() - since < SLICE_MS) continue;
        await new Promise((next) => setImmediate(next));
        since = performance.now();
      }
    },
  };
}

function readText(
  kind: "page" | "whatsapp" | "table" | "json",
  text: string,
  file: ArchiveFile,
  letters: Letters,
): ReadArchive {
  const chat = { fileName: file.name, own: file.own };
  if (kind === "whatsapp") return { ...pairChat({ ...readWhatsApp(text), ...chat }), isPage: false };
  if (kind === "page") return readPairs(readFaqPage(text, letters.textOfHtml), 0, true);
  const table = kind === "table" ? readChatCsv(text) : readChatJson(text);
  if (table.exchanges.length > 0) return readPairs(table.exchanges, table.broken, false);
  const paired = pairChat({ lines: table.lines, notes: 0, ...chat });
  const counts = { ...paired.counts, broken: table.broken, read: paired.counts.read + table.broken };
  return { ...paired, counts, isPage: false };
}

function readPairs(exchanges: readonly Exchange[], broken: number, isPage: boolean): ReadArchive {
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
