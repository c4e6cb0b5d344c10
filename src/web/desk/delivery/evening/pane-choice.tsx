import { useText } from "../../text/use-text.ts";

const panes = ["rounds", "map", "log"] as const;
export type PaneName = (typeof panes)[number];

/** Where the screen is too narrow for everything: one pane at a time. */
export function PaneChoice({ pane, onChange }: { pane: PaneName; onChange(pane: PaneName): void }) {
  const { t } = useText();
  return (
    <fieldset aria-label={t("delivery.panes")} className="flex border-b border-line bg-sheet px-2 xl:hidden">
      {panes.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={pane === name}
          onClick={() => onChange(name)}
          className="min-h-11 flex-1 border-b-2 border-transparent px-2 text-desk font-medium text-ink-2 focus-visible:-outline-offset-2 aria-pressed:border-accent-edge aria-pressed:font-strong aria-pressed:text-accent-text"
        >
          {t(`delivery.pane.${name}`)}
        </button>
      ))}
    </fieldset>
  );
}
