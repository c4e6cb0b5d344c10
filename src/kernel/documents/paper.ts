/** A paper as data: shown at the desk, printed from HTML, edited as Markdown. */

export type Block =
  | { kind: "heading"; level: 2 | 3; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] };

export interface Paper {
  title: string;
  blocks: Block[];
}

/** What only the company can say stands in such brackets, and is counted. */
const GAP = /\[[^\]\n]{3,160}\]/g;

/** The places that are still to be filled in, each once. */
export function gapsOf({ blocks }: Paper): string[] {
  const words = blocks.flatMap((block) =>
    block.kind === "table" ? block.rows.flat() : block.kind === "list" ? block.items : [block.text],
  );
  return [...new Set(words.flatMap((text) => text.match(GAP) ?? []))];
}

export const heading = (text: string, level: 2 | 3 = 2): Block => ({ kind: "heading", level, text });
export const text = (words: string): Block => ({ kind: "text", text: words });
export const list = (...items: string[]): Block => ({ kind: "list", items });
export const table = (head: string[], rows: string[][]): Block => ({ kind: "table", head, rows });

/** What a company or a channel is called may hold signs that mean something in Markdown. */
const plain = (words: string): string => words.replace(/[\\`*_<>|#]/g, "\\$&").replace(/\s*\n\s*/g, " ");

export function markdownOf({ title, blocks }: Paper): string {
  const parts = blocks.map((block) => {
    if (block.kind === "heading") return `${"#".repeat(block.level)} ${plain(block.text)}`;
    if (block.kind === "list") return block.items.map((item) => `* ${plain(item)}`).join("\n");
    if (block.kind === "text") return plain(block.text);
    const row = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
    return [
      row(block.head),
      row(block.head.map(() => "---")).replaceAll("\\", ""),
      ...block.rows.map(row),
    ].join("\n");
  });
  return `# ${plain(title)}\n\n${parts.join("\n\n")}\n`;
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (words: string): string => words.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
/** What is to be filled in can be found on paper. */
const marked = (words: string): string => safe(words).replace(GAP, "<mark>$&</mark>");

const STYLE = `body{margin:0;font:11pt/1.5 system-ui,sans-serif;color:#111}main{max-width:46rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.6rem;line-height:1.2}h2{margin-top:2rem;font-size:1.2rem}h3{margin-top:1.4rem;font-size:1rem}
table{width:100%;border-collapse:collapse;font-size:.9rem}th,td{padding:.35rem .5rem;border:1px solid #999;text-align:left;vertical-align:top;overflow-wrap:anywhere}
tr{break-inside:avoid}h2,h3{break-after:avoid}mark{background:#ffef9e}@media print{main{max-width:none;padding:0}}@page{margin:18mm}`;

/** One file that needs nothing else; nothing in it can run. */
export function htmlOf({ title, blocks }: Paper, language: string): string {
  const body = blocks.map((block) => {
    if (block.kind === "heading") return `<h${block.level}>${marked(block.text)}</h${block.level}>`;
    if (block.kind === "text") return `<p>${marked(block.text)}</p>`;
    if (block.kind === "list")
      return `<ul>${block.items.map((item) => `<li>${marked(item)}</li>`).join("")}</ul>`;
    const cells = (row: readonly string[], tag: string) =>
      row.map((cell) => `<${tag}>${marked(cell)}</${tag}>`).join("");
    const rows = block.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n");
    return `<table><thead><tr>${cells(block.head, "th")}</tr></thead><tbody>${rows}</tbody></table>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(title)}</title><style>${STYLE}</style></head><body><main><h1>${marked(title)}</h1>
${body.join("\n")}
</main></body></html>
`;
}
