import { isTest, type Rule, type SourceFile } from "./source.ts";

/** Lines a file may have; see STYLE.md. */
const MOST_LINES = 400;

const CODE = /\.(tsx?|mjs|sql|css)$/;
/** Data that happen to be written as code: sentences and example questions. */
const DATA = /\/(messages|fixtures)\/|^demo\//;

/** No file of code is longer than its budget. */
export const fileLengths: Rule = (files) =>
  files
    .filter((file) => isCode(file) && file.lineCount > MOST_LINES)
    .map(({ path, lineCount }) => ({ path, message: `has ${lineCount} lines, ${MOST_LINES} at most` }));

/** Median and 90th percentile of lines a file, tests left out. */
export function lengthReport(files: readonly SourceFile[]): { median: number; p90: number; files: number } {
  const lengths = files
    .filter((file) => isCode(file) && !isTest(file.path))
    .map(({ lineCount }) => lineCount)
    .sort((a, b) => a - b);
  const at = (share: number) =>
    lengths[Math.min(lengths.length - 1, Math.floor(share * lengths.length))] ?? 0;
  return { median: at(0.5), p90: at(0.9), files: lengths.length };
}

function isCode({ path }: SourceFile): boolean {
  return CODE.test(path) && !DATA.test(path);
}

/** No `any`, and no comment that silences the compiler or the linter without a reason. */
export const noAny: Rule = (files) =>
  files.flatMap(({ path, syntax }) => [
    ...(syntax?.anys ?? []).map(({ line }) => ({ path, line, message: "any: say what it is, or unknown" })),
    ...(syntax?.comments ?? [])
      .filter(({ text }) => /@ts-(ignore|nocheck)|@ts-expect-error\s*$/.test(text))
      .map(({ line }) => ({ path, line, message: "silences the compiler" })),
  ]);

/** Names that say nothing. */
export const tellingNames: Rule = (files) =>
  files
    .filter(({ path }) => /(^|[/-])(utils?|helpers?|common|misc|managers?)(\.|\/|$)/.test(path))
    .map(({ path }) => ({ path, message: "is named after nothing: name what it holds" }));
