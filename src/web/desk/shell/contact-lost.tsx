import { CloudOff } from "lucide-react";
import { useText } from "../text/use-text.ts";

/** Says that what is seen may be old, and that nothing gets lost. */
export function ContactLost() {
  const { t } = useText();
  return (
    <div
      role="alert"
      className="flex items-center gap-2 border-b-2 border-dotted border-ink bg-warn-soft px-4 py-2 text-small text-warn"
    >
      <CloudOff size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span>
        <strong className="font-strong">{t("contact.lost")}</strong> {t("contact.lostText")}
      </span>
    </div>
  );
}
