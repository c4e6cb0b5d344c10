import { SaxesParser, type SaxesTagPlain } from "saxes";
import { MOST_ENTRIES, StatementCollector } from "./collect.ts";
import type { CamtRead, Refusal } from "./statement.ts";

const DEPTH_MAX = 40;
const TEXT_MAX = 2_000;
const STATEMENTS_MAX = 100;
const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:02|08)$/;
const STATEMENT = "Document/BkToCstmrStmt/Stmt";

export interface CamtReader {
  /** A piece of the file, in order. @returns false when it is refused: the rest need not be read */
  write(piece: string): boolean;
  /** @returns each statement, or why the file is none of ours */
  finish(): { readonly refusal: Refusal } | { readonly statements: readonly CamtRead[] };
}

/**
 * Reads camt.053.001.02 and .08 piece by piece: the memory is that of the entries, not of the file. Without document
 * types, so nothing expands; names are taken without their prefix.
 */
export function openCamtReader(): CamtReader {
  const parser = new SaxesParser();
  const path: string[] = [];
  const statements: CamtRead[] = [];
  let refusal: Refusal | null = null;
  let collector: StatementCollector | null = null;
  let text = "";
  let currency = "";
  let hasChild = false;
  let entries = 0;
  const refuse = (why: Refusal): void => {
    refusal ??= why;
  };
  const below = (): string => path.slice(3).join("/");

  parser.on("error", () => refuse("broken_xml"));
  parser.on("doctype", () => refuse("document_type"));
  parser.on("opentag", (tag: SaxesTagPlain) => {
    if (refusal) return;
    path.push(tag.name.slice(tag.name.indexOf(":") + 1));
    if (path.length === 1 && !isStatementFile(tag)) return refuse("not_camt");
    if (path.length > DEPTH_MAX) return refuse("broken_xml");
    text = "";
    hasChild = false;
    currency = typeof tag.attributes.Ccy === "string" ? tag.attributes.Ccy : "";
    if (path.length === 3 && path.join("/") === STATEMENT) collector = new StatementCollector();
    if (!collector || path.length <= 3) return;
    if (below() === "Ntry" && ++entries > MOST_ENTRIES) return refuse("too_many_entries");
    collector.opened(below());
  });
  const take = (piece: string): void => {
    if (text.length < TEXT_MAX) text += piece;
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("closetag", () => {
    if (refusal) return;
    if (collector && path.length > 3) {
      if (!hasChild) collector.leaf({ path: below(), text: text.replace(/\s+/g, " ").trim(), currency });
      collector.closed(below());
    }
    if (collector && path.length === 3) {
      statements.push(collector.finish());
      collector = null;
      if (statements.length > STATEMENTS_MAX) refuse("too_large");
    }
    path.pop();
    hasChild = true;
    text = "";
  });
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch {
      refuse("broken_xml");
    }
  };
  return {
    write(piece) {
      if (!refusal) guarded(() => parser.write(piece));
      return !refusal;
    },
    finish() {
      if (!refusal) guarded(() => parser.close());
      if (!refusal && statements.length === 0) refuse("not_camt");
      return refusal ? { refusal } : { statements };
    },
  };
}

function isStatementFile({ name, attributes }: SaxesTagPlain): boolean {
  const [prefix, local] = name.includes(":") ? name.split(":") : ["", name];
  const space = attributes[prefix ? `xmlns:${prefix}` : "xmlns"];
  return local === "Document" && typeof space === "string" && NAMESPACE.test(space);
}
