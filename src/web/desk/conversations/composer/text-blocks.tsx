import type { TextBlock } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { useText } from "../../text/use-text.ts";

/** What is typed after a "/" before the cursor; null when no text block is looked for. */
export function blockQuery(text: string, cursor: number): { from: number; words: string } | null {
  const found = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, cursor));
  if (!found) return null;
  const words = found[1] ?? "";
  return { from: cursor - words.length - 1, words };
}

const shownBlocks = 8;

/** Blocks whose title or text hold the words; those in the customer's language first. */
export function matchingBlocks(
  blocks: readonly TextBlock[],
  words: string,
  language: "de" | "en",
): readonly TextBlock[] {
  const wanted = words.toLowerCase();
  return blocks
    .filter(({ title, text }) => `${title} ${text}`.toLowerCase().includes(wanted))
    .sort(
      (a, b) =>
        Number(b.language === language) - Number(a.language === language) || a.title.localeCompare(b.title),
    )
    .slice(0, shownBlocks);
}

interface ListProps {
  id: string;
  blocks: readonly TextBlock[];
  chosen: number;
  onTake(block: TextBlock): void;
}

/** Stands above the field; the field keeps the focus and the keys. */
export function TextBlockList({ id, blocks, chosen, onTake }: ListProps) {
  const { t } = useText();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("place.textBlocks")}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-72 overflow-y-auto rounded-t-3 border-b-2 border-ink bg-raised py-1 shadow-float"
    >
      {blocks.length === 0 && <p className="px-3 py-2 text-small text-ink-2">{t("blocks.noMatch")}</p>}
      {blocks.map((block, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys (aria-activedescendant)
        <div
          key={block.id}
          id={`${id}-${block.id}`}
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(block)}
          className={classNames(
            "cursor-pointer border-l-3 px-3 py-2 text-small",
            index === chosen ? "border-accent-edge bg-accent-soft" : "border-transparent",
          )}
        >
          <span className="font-strong">{block.title}</span>{" "}
          <span className="text-tiny text-ink-2">{t(`language.${block.language}`)}</span>
          <span className="line-clamp-1 text-ink-2">{block.text}</span>
        </div>
      ))}
    </div>
  );
}
