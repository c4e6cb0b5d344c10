import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isManager, useMe } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import { roomQuery } from "./room-query.ts";

const shelves = [
  { to: "/delivery", label: "delivery.shelf.evening", isOfCity: true },
  { to: "/delivery/report", label: "delivery.shelf.report", isOfCity: true },
  { to: "/delivery/sent", label: "delivery.shelf.sent", isWhole: true },
  { to: "/delivery/statements", label: "delivery.shelf.statements", isOfManagers: true },
  { to: "/delivery/setup", label: "delivery.shelf.setup", isWhole: true },
] as const;

/** The room's pages, for a page that has its own frame. Who only sends has no evening; sums of money are for managers. */
export function useShelves() {
  const { t } = useText();
  const me = useMe();
  const { cities = [], hasCarrier = false } = useQuery(roomQuery).data ?? {};
  const onlySends = cities.length === 0 && hasCarrier;
  return shelves
    .filter((one) => !("isOfCity" in one && onlySends) && !("isOfManagers" in one && !isManager(me)))
    .map((one) => ({ to: one.to, label: t(one.label), isWhole: "isWhole" in one }));
}

/** The same as a row of small links, where the page needs its height for something else. */
export function ShelfRow() {
  const { t } = useText();
  return (
    <nav aria-label={t("delivery.shelves")} className="-ml-2.5 flex flex-wrap gap-x-1">
      {useShelves().map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="inline-flex min-h-8 items-center rounded-2 px-2.5 text-small font-medium text-ink-2 hover:bg-sunken focus-visible:-outline-offset-2 coarse:min-h-11 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
