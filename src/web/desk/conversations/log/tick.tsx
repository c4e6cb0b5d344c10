import { Check, CheckCheck, CircleHelp, Clock, type LucideIcon, OctagonAlert } from "lucide-react";
import type { Message } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { useText } from "../../text/use-text.ts";

type Status = Exclude<Message["status"], "received" | "note">;

const signs: Record<Status, LucideIcon> = {
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  played: CheckCheck,
  failed: OctagonAlert,
  uncertain: CircleHelp,
};
const inks: Partial<Record<Status, string>> = {
  read: "text-ok",
  played: "text-ok",
  failed: "text-bad",
  uncertain: "text-warn",
};

/** How far a message got: sign and word. */
export function Tick({ status }: { status: Message["status"] }) {
  const { t } = useText();
  if (status === "received" || status === "note") return null;
  const Sign = signs[status];
  return (
    <span className={classNames("inline-flex items-center gap-1", inks[status])}>
      <Sign size={15} strokeWidth={1.75} aria-hidden="true" />
      {t(`tick.${status}`)}
    </span>
  );
}
