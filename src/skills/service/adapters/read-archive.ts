import type { Letters } from "../ports.ts";
import {
  type ArchivedMail,
  archiveOf,
  decodeFile,
  type Gathered,
  HEAD_BYTES,
  IntakeError,
  kindOf,
  openMboxSplitter,
  pairGathered,
  type ReadArchive,
  readFaqPage,
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

/**
 * A page, a mailbox or an exported conversation, and who answered what in it; where nobody else waits for the process.
 * @throws IntakeError what the file is not, or holds not; nothing of it is kept then
 */
export async function readArchive(file: ArchiveFile, letters: Letters): Promise<ReadArchive> {
  return pairGathered(await gatherArchive(file, letters));
}

/**
 * Takes out of a page, a mailbox or an exported conversation what is in it, as it comes in and in slices; pairing is for a
 * process of its own.
 * @param onRead bytes read so far
 * @throws IntakeError what the file is not, or holds not; nothing of it is kept then
 */
export async function gatherArchive(
  file: ArchiveFile,
  letters: Letters,
  onRead: (bytes: number) => Promise<void> = async () => {},
): Promise<Gathered> {
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
    return { is: "mails", mails: mails.found, broken: mails.broken(), own: file.own };
  }
  const bytes = Buffer.concat(pieces);
  if (kind !== "page") return { is: "chat", kind, bytes, fileName: file.name, own: file.own };
  const asked = readFaqPage(decodeFile(bytes), letters.textOfHtml);
  return { is: "paired", archive: archiveOf(asked, { broken: 0, isPage: true }) };
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
