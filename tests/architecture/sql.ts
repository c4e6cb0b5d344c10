import { type Found, isTest, type Rule, type SourceFile } from "./source.ts";

const STATEMENT =
  /\b(select\s[\s\S]+?\sfrom\s|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|schema|role)\s)/i;
const LIBRARIES = /^(pg|kysely|graphile-worker)$/;
const MAY_HOLD = /^src\/kernel\/|^src\/skills\/[^/]+\/(store\.ts$|store\/|migrations\/)/;
const CLOCK =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b/i;

/** Only a skill's store and the kernel hold SQL or a database library; row types may name Kysely's. */
export const sqlPlaces: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith("src/") && !isTest(path) && !MAY_HOLD.test(path))
    .flatMap(({ path, syntax }) => [
      ...(syntax?.imports ?? [])
        .filter((one) => LIBRARIES.test(one.specifier) && !one.isTypeOnly)
        .map(({ specifier, line }) => ({
          path,
          line,
          message: `imports ${specifier}: only store.ts and the kernel speak to the database`,
        })),
      ...(syntax?.strings ?? [])
        .filter(({ text }) => isStatement(text))
        .map(({ line }) => ({ path, line, message: "holds SQL: it belongs in store.ts or the kernel" })),
    ]);

/** "Select a company from the list" is no SQL; a statement has a qualified name, a bracket, a condition or a value. */
function isStatement(text: string): boolean {
  return STATEMENT.test(text) && /[*($"_=]|\w\.\w|\b(where|values|limit|order by)\b/i.test(text);
}

/** Time is a parameter: SQL that asks the database for it cannot be tested a year ahead. */
export const ownTime: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith("src/") && !path.startsWith("src/web/"))
    .flatMap((file) =>
      sqlTexts(file)
        .filter(({ text }) => CLOCK.test(text))
        .map(({ text, line }) => ({
          path: file.path,
          line,
          message: `asks the database for the time (${CLOCK.exec(text)?.[0]}): pass it as a parameter`,
        })),
    );

function sqlTexts(file: SourceFile): Found[] {
  if (file.path.endsWith(".sql")) {
    return file.text.split("\n").map((text, index) => ({ text: text.replace(/--.*$/, ""), line: index + 1 }));
  }
  // A template's pieces may be SQL without looking like it, so every string counts where SQL may live.
  return (file.syntax?.strings ?? []).filter(({ text }) => MAY_HOLD.test(file.path) || isStatement(text));
}
