import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { usePreferences } from "../session/preferences.ts";
import { useText } from "../text/use-text.ts";
import { useAllCommands } from "./commands.ts";
import { paletteKeys } from "./palette-key.ts";

/** All keys that work here and now. */
export function Shortcuts({ onClose }: { onClose(): void }) {
  const { t } = useText();
  const { hasShortcuts } = usePreferences();
  const withKeys = useAllCommands().flatMap(({ id, label, keys }) => (keys ? [{ id, label, keys }] : []));
  const rows = [
    { id: "palette", label: t("palette.title"), keys: paletteKeys(t("key.control")) },
    ...withKeys,
  ];
  return (
    <Dialog isOpen onClose={onClose} title={t("shortcuts.title")} closeLabel={t("close")}>
      <p className="mb-3 text-small text-ink-2">{hasShortcuts ? t("shortcuts.on") : t("shortcuts.off")}</p>
      <dl className="divide-y divide-line">
        {rows.map((row) => (
          <div key={row.id} className="flex items-center justify-between gap-4 py-2 text-desk">
            <dt>{row.label}</dt>
            <dd className="flex gap-1">
              {row.keys.map((key) => (
                <Kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
