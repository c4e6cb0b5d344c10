import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isManager, useMe } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { usePageTitle } from "../shell/page-titles.ts";
import { useText } from "../text/use-text.ts";

const rooms = [
  "me",
  "company",
  "staff",
  "channels",
  "registers",
  "colleagues",
  "telephone",
  "text-blocks",
  "documents",
  "api-keys",
] as const;
type RoomName = (typeof rooms)[number];
const forManagers: readonly RoomName[] = ["company", "registers", "api-keys"];

/** Whoever came by a link of somebody else. */
function NotForMe() {
  const { t } = useText();
  return (
    <Page title={t("place.house")}>
      <p className="text-ink-2">{t("house.managersOnly")}</p>
    </Page>
  );
}

/** The house: its rooms at the left, on phones above. */
export function SettingsPage() {
  const { t } = useText();
  const session = useMe();
  usePageTitle(t("place.house"));
  const place = useRef<HTMLElement>(null);
  const here = useLocation({ select: ({ pathname }) => pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row of rooms follows the address
  useEffect(() => {
    place.current
      ?.querySelector("[aria-current=page]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [here]);
  const open = rooms.filter(
    (room) =>
      (isManager(session) || !forManagers.includes(room)) &&
      (room !== "documents" || session.role === "owner"),
  );
  const isClosed =
    !isManager(session) && forManagers.some((room) => here.replace(/\/$/, "").endsWith(`/settings/${room}`));
  return (
    <div className="flex h-full min-h-0 flex-col lg:flex-row">
      <nav
        ref={place}
        aria-label={t("house.rooms")}
        className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-sheet px-4 py-2 lg:w-60 lg:flex-col lg:border-r lg:border-b-0 lg:px-3 lg:py-5"
      >
        <p className="hidden px-3 pb-2 lg:block">
          <span className="block font-head text-h2 font-heavy">{t("place.house")}</span>
          <span className="text-small text-ink-2">{session.company.name}</span>
        </p>
        {isManager(session) && (
          <Link
            to="/monday"
            className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-ground focus-visible:-outline-offset-2"
          >
            {t("house.week")}
          </Link>
        )}
        {isManager(session) && (
          <Link
            to="/delivery/setup"
            className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-ground focus-visible:-outline-offset-2"
          >
            {t("house.delivery")}
          </Link>
        )}
        {/* On a phone the rail has no room for it. */}
        <Link
          to="/payments"
          className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-ground focus-visible:-outline-offset-2 lg:hidden"
        >
          {t("place.payments")}
        </Link>
        {open.map((room) => (
          <Link
            key={room}
            to={`/settings/${room}`}
            className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-ground focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
          >
            {t(`house.${room}`)}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 min-w-0 flex-1">{isClosed ? <NotForMe /> : <Outlet />}</div>
    </div>
  );
}
