import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, useId, useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { useText } from "../text/use-text.ts";
import { type PaletteEntry, usePaletteEntries } from "./use-palette-entries.ts";

/** Ctrl/Cmd K: everything that can be done or found, by typing. The field keeps the focus, arrows choose. */
export function Palette({ onClose }: { onClose(): void }) {
  const { t } = useText();
  const id = useId();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const groups = usePaletteEntries(words.trim());
  const flat = groups.flatMap((group) => group.entries);
  const chosen = flat[Math.min(at, flat.length - 1)];
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === "Enter") run(chosen);
    else if (step) {
      const next = (Math.min(at, flat.length - 1) + step + flat.length) % Math.max(1, flat.length);
      setAt(next);
      document.getElementById(`${id}-${flat[next]?.id}`)?.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[85dvh] animate-float flex-col rounded-t-3 border-b-2 border-ink bg-raised shadow-float md:inset-x-auto md:top-28 md:bottom-auto md:left-1/2 md:max-h-[70vh] md:w-[640px] md:-translate-x-1/2"
        >
          <Dialog.Title className="ear-only">{t("palette.title")}</Dialog.Title>
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search size={20} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
            <input
              role="combobox"
              aria-expanded="true"
              aria-controls={id}
              aria-activedescendant={chosen && `${id}-${chosen.id}`}
              aria-label={t("palette.title")}
              placeholder={t("palette.placeholder")}
              value={words}
              onChange={(event) => {
                setWords(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              className="h-14 min-w-0 flex-1 bg-transparent text-body outline-none"
            />
            <Dialog.Close className="min-h-6 rounded-1">
              <span className="ear-only">{t("close")}</span>
              <Kbd>Esc</Kbd>
            </Dialog.Close>
          </div>
          <Results id={id} groups={groups} chosen={chosen} onRun={run} />
          <footer className="flex items-center gap-4 border-t border-line px-4 py-2 text-small text-ink-2">
            <span className="hidden items-center gap-1.5 sm:flex">
              <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("palette.choose")}
            </span>
            <span className="hidden items-center gap-1.5 sm:flex">
              <Kbd>{t("key.enter")}</Kbd> {t("palette.run")}
            </span>
            <span role="status" className="ml-auto">
              {t("palette.hits", { count: flat.length })}
            </span>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ResultsProps {
  id: string;
  groups: ReturnType<typeof usePaletteEntries>;
  chosen: PaletteEntry | undefined;
  onRun(entry: PaletteEntry): void;
}

function Results({ id, groups, chosen, onRun }: ResultsProps) {
  const { t } = useText();
  return (
    <div id={id} role="listbox" aria-label={t("palette.results")} className="min-h-24 overflow-y-auto py-2">
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not fieldsets
        <div key={group.title} role="group" aria-label={group.title}>
          <p className="px-4 pt-2 pb-1 text-tiny font-strong text-ink-3" aria-hidden="true">
            {group.title}
          </p>
          {group.entries.map((entry) => (
            <Entry
              key={entry.id}
              id={`${id}-${entry.id}`}
              entry={entry}
              isChosen={entry === chosen}
              onRun={onRun}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface EntryProps {
  id: string;
  entry: PaletteEntry;
  isChosen: boolean;
  onRun(entry: PaletteEntry): void;
}

function Entry({ id, entry, isChosen, onRun }: EntryProps) {
  const Icon = entry.icon;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onRun(entry)}
      className={classNames(
        "flex min-h-11 cursor-pointer items-center gap-3 border-l-3 px-3.5 hover:bg-ground",
        isChosen ? "border-accent-edge bg-accent-soft" : "border-transparent",
      )}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{entry.label}</span>{" "}
        <span className="text-small text-ink-2">{entry.hint}</span>
      </span>
      {entry.keys?.map((key) => (
        <Kbd key={key}>{key.toUpperCase()}</Kbd>
      ))}
    </div>
  );
}
