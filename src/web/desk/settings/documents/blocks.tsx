import type { DocumentBlock } from "#kernel/api";

const GAP = /(\[[^\]\n]{3,160}\])/;

/** What the company has to fill in can be seen. */
function Marked({ text }: { text: string }) {
  return text.split(GAP).map((part, n) =>
    GAP.test(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
      <mark key={n} className="bg-warn-soft text-ink">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}

/** A paper as it will be printed. */
export function Blocks({ blocks }: { blocks: readonly DocumentBlock[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a paper is shown whole, its parts never move
  return blocks.map((block, n) => <Part key={n} block={block} />);
}

function Part({ block }: { block: DocumentBlock }) {
  if (block.kind === "heading")
    return block.level === 2 ? (
      <h3 className="mt-6 mb-2 text-h2">{block.text}</h3>
    ) : (
      <h4 className="mt-4 mb-1 font-strong">{block.text}</h4>
    );
  if (block.kind === "text")
    return (
      <p className="my-2">
        <Marked text={block.text} />
      </p>
    );
  if (block.kind === "list")
    return (
      <ul className="my-2 list-disc pl-5">
        {block.items.map((item) => (
          <li key={item}>
            <Marked text={item} />
          </li>
        ))}
      </ul>
    );
  return <Rows head={block.head} rows={block.rows} />;
}

/** On a phone each row is a small list; a table would have to be pushed sideways. */
function Rows({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <ul className="my-3 border-t border-line">
      {rows.map((row) => (
        <li key={row.join("|")} className="border-b border-line py-2">
          <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[1fr_1fr_1fr]">
            {row.map((cell, n) => (
              <div key={head[n]} className="min-w-0 break-words">
                <dt className="text-small text-ink-2">{head[n]}</dt>
                <dd>
                  <Marked text={cell} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
