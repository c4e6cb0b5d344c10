import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PhoneMissed } from "lucide-react";
import type { Callback } from "#kernel/api";
import { queries } from "../session/queries.ts";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

/** Calls that were promised and whose time has come. */
export function useDueCalls(): readonly Callback[] {
  const now = useNow();
  const open = useQuery(queries.callbacks("open")).data?.items ?? [];
  return open.filter((call) => Date.parse(call.promisedAt) <= now);
}

/** A promise that is being broken stays on the screen until somebody keeps it. */
export function CallAlarm({ calls }: { calls: readonly Callback[] }) {
  const { t, format } = useText();
  const now = useNow();
  const first = calls[0];
  if (!first) return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-bad bg-bad-soft px-4 py-2 text-small text-bad"
    >
      <PhoneMissed size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span>
        <strong className="font-strong">
          {t("alarm.title", { name: first.contactName, time: format.moment(first.promisedAt, now) })}
        </strong>{" "}
        {calls.length > 1 && t("alarm.more", { count: calls.length - 1 })}
      </span>
      <Link to="/callbacks" className="ml-auto font-strong underline underline-offset-4">
        {t("alarm.open")}
      </Link>
    </div>
  );
}
