import type { Sample } from "./file-types.ts";

/** Office documents are ZIP archives; which one says their content. Source: ECMA-376 part 2, ODF 1.3 part 2. */

const OPEN_XML = "application/vnd.openxmlformats-officedocument.";
const MAIN_PARTS: readonly (readonly [name: string, mime: string])[] = [
  ["word/document.xml", `${OPEN_XML}wordprocessingml.document`],
  ["xl/workbook.xml", `${OPEN_XML}spreadsheetml.sheet`],
  ["ppt/presentation.xml", `${OPEN_XML}presentationml.presentation`],
];
const ODT = "application/vnd.oasis.opendocument.text";
/** Macros: an office program may run them. */
const PROGRAM = /vbaProject\.bin|Basic\/script-lc\.xml/;

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x504b0304;
}

/** @returns null for any other archive, and for documents that carry a program */
export function officeType({ head, tail }: Sample): string | null {
  const start = head.toString("latin1");
  // Names stand in the directory at the end; of a large archive the first ones stand at the start too.
  const names = `${start}\n${tail.toString("latin1")}`;
  if (PROGRAM.test(names)) return null;
  if (start.slice(30, 38) === "mimetype" && start.slice(38, 38 + ODT.length) === ODT) return ODT;
  if (!start.includes("[Content_Types].xml") && !names.includes("[Content_Types].xml")) return null;
  return MAIN_PARTS.find(([part]) => names.includes(part))?.[1] ?? null;
}
