import type { ImportedReply, ParcelRow } from "../../../../skills/delivery/api.ts";

/** What became of each line, as a file to take away; English column names, because programs read it. */
export function resultsFile(rows: readonly ParcelRow[], results: readonly ImportedReply[]): string {
  const references = new Map(rows.map(({ line, senderReference }) => [line, senderReference]));
  const lines = results.map(({ line, outcome, deliveryId, address, earliestAt, latestAt, choices }) => [
    String(line),
    references.get(line) ?? "",
    outcome,
    String(deliveryId ?? ""),
    address,
    earliestAt ?? "",
    latestAt ?? "",
    choices.join(" | "),
  ]);
  const head = ["line", "reference", "outcome", "delivery", "address", "from", "until", "meant"];
  return [head, ...lines].map((fields) => `${fields.map(quoted).join(",")}\r\n`).join("");
}

/** A spreadsheet must not calculate what somebody wrote (OWASP, CSV injection). */
function quoted(field: string): string {
  const safe = /^'*[=+\-@\t\r\n]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
