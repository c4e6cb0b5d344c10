import { Link, useLocation, useParams } from "@tanstack/react-router";
import { classNames } from "../../ui/class-names.ts";
import { LogoSign } from "../../ui/logo.tsx";
import { useText } from "../text/use-text.ts";
import { extra } from "./extra.tsx";
import { house, type Place, places } from "./places.ts";

/** How many wait for me in a room; said in words too. */
export type Waiting = Partial<Record<Place["to"], number>>;

/** A company without a city that it delivers in has no evening: only asking for it tells. */
const DeliveryPlace = extra(() => import("../delivery/delivery-place.tsx"), "DeliveryPlace");
const PaymentsPlace = extra(() => import("../payments/payments-place.tsx"), "PaymentsPlace");

/** Of those who issue or take a coin. */
const CoinPlace = extra(() => import("../coin/coin-place.tsx"), "CoinPlace");

const tab =
  "relative flex flex-auto flex-col items-center justify-center gap-1 text-rail font-medium text-ink-2 hover:bg-sunken aria-[current=page]:text-accent-text";

/** The router marks the place whose address this is; rooms without a place of their own belong to one, too. */
function useMark({ alsoAt }: Place): "page" | undefined {
  const isThere = useLocation({
    select: ({ pathname }) => alsoAt !== undefined && `${pathname}/`.startsWith(`${alsoAt}/`),
  });
  return isThere ? "page" : undefined;
}

/** The rail at the left, from 1024 px on. */
export function Rail({ waiting }: { waiting: Waiting }) {
  const { t } = useText();
  return (
    <nav
      aria-label={t("place.all")}
      className="hidden w-18 shrink-0 flex-col border-r border-line bg-sheet px-1 lg:flex"
    >
      <Link to="/conversations" className="mx-auto my-5 block rounded-1 p-1" aria-label={t("place.start")}>
        <LogoSign className="w-9" />
      </Link>
      {places.map((place) => (
        <RailLink key={place.to} place={place} count={waiting[place.to] ?? 0} />
      ))}
      <DeliveryPlace show={(place) => <RailLink place={place} count={0} />} />
      <PaymentsPlace show={(place) => <RailLink place={place} count={0} />} />
      <CoinPlace show={(place) => <RailLink place={place} count={0} />} />
      <div className="mt-auto pb-3">
        <RailLink place={house} count={waiting[house.to] ?? 0} />
      </div>
    </nav>
  );
}

function RailLink({ place, count }: { place: Place; count: number }) {
  return (
    <Link
      to={place.to}
      aria-current={useMark(place)}
      className={classNames(tab, "mb-1 h-13 flex-none rounded-2 aria-[current=page]:bg-accent-soft")}
      activeOptions={{ includeSearch: false }}
    >
      <PlaceSign place={place} count={count} />
    </Link>
  );
}

/** Tabs at the lower edge, below 1024 px; an open conversation has the whole screen. */
export function Tabs({ waiting }: { waiting: Waiting }) {
  const { t } = useText();
  const { id } = useParams({ strict: false });
  if (id !== undefined) return null;
  return (
    <nav aria-label={t("place.all")} className="flex h-16 shrink-0 border-t border-line bg-sheet lg:hidden">
      {places.map((place) => (
        <Tab key={place.to} place={place} count={waiting[place.to] ?? 0} />
      ))}
      <DeliveryPlace show={(place) => <Tab place={place} count={0} />} />
      <CoinPlace isNarrow show={(place) => <Tab place={place} count={0} />} />
      <Tab place={house} count={waiting[house.to] ?? 0} />
    </nav>
  );
}

function Tab({ place, count }: { place: Place; count: number }) {
  return (
    <Link
      to={place.to}
      aria-current={useMark(place)}
      activeOptions={{ includeSearch: false }}
      className={classNames(
        tab,
        "min-w-0 tracking-tight border-t-2 border-transparent focus-visible:-outline-offset-2 aria-[current=page]:border-accent-edge",
      )}
    >
      <PlaceSign place={place} count={count} />
    </Link>
  );
}

function PlaceSign({ place, count }: { place: Place; count: number }) {
  const { t } = useText();
  const Icon = place.icon;
  return (
    <>
      <span className="relative">
        <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
        {count > 0 && (
          <span className="absolute -top-1.5 left-3.5 min-w-4 rounded-1 bg-beacon px-1 text-center text-rail font-bold text-on-beacon outline-[1.5px] outline-beacon-edge">
            {count > 99 ? "99+" : count}
            <span className="ear-only"> {t("place.waiting")}</span>
          </span>
        )}
      </span>
      {t(place.label)}
    </>
  );
}
