/// <reference types="pdfkit" />
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const FONTS = {
  text: require.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"),
  strong: require.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf"),
};

export interface PdfFile {
  /** Its fonts "text" and "strong" are embedded, with the letters that are used. */
  readonly doc: PDFKit.PDFDocument;
  /** Ends the document. @returns the file's bytes */
  finish(): Promise<Buffer>;
}

/**
 * How every document of the house begins: fonts with the letters of Europe, no margin, our name as its maker.
 * @param madeAt ms, for the document's own data
 */
export async function beginPdf(
  options: PDFKit.PDFDocumentOptions,
  { title, author, madeAt }: { title: string; author?: string; madeAt: number },
): Promise<PdfFile> {
  // 30 MB of memory that a company without documents does not need.
  const { default: PDFDocument } = await import("pdfkit");
  const doc = new PDFDocument({
    margin: 0,
    ...options,
    info: {
      Title: title,
      ...(author !== undefined && { Author: author }),
      Producer: "Augenhöhe",
      Creator: "Augenhöhe",
      CreationDate: new Date(madeAt),
    },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  doc.registerFont("text", FONTS.text).registerFont("strong", FONTS.strong);
  return {
    doc,
    finish() {
      doc.end();
      return done;
    },
  };
}
