import { Link } from "@tanstack/react-router";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/delivery", label: "delivery.shelf.evening" },
  { to: "/delivery/report", label: "delivery.shelf.report" },
  { to: "/delivery/sent", label: "delivery.shelf.sent" },
  { to: "/delivery/setup", label: "delivery.shelf.setup" },
] as const;

/** The room's pages, for a page that has its own frame. */
export function useShelves() {
  const { t } = useText();
  return shelves.map(({ to, label }) => ({ to, label: t(label) }));
}

/** The same as a row of small links, where the page needs its height for something else. */
export function ShelfRow() {
  const { t } = useText();
  return (
    <nav aria-label={t("delivery.shelves")} className="flex gap-1 overflow-x-auto">
      {useShelves().map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="inline-flex min-h-8 shrink-0 items-center rounded-2 px-2.5 text-small font-medium text-ink-2 hover:bg-sunken focus-visible:-outline-offset-2 coarse:min-h-11 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
