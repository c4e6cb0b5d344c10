import type { Effect } from "#kernel";
import type { ChosenWindow, Delivery, OfferedWindow } from "../plan/promises.ts";
import type { Page, PageKind } from "../rules/spoken/page.ts";
import { spokenWindow, windowOnDay, windowTitle } from "../rules/spoken/spoken-window.ts";
import { optionId, placeOption, windowId } from "./option-ids.ts";
import { ask } from "./scene.ts";
import type { KnownPlace, Talk } from "./talk.ts";
import { price, type Speaking, say, valuesOf } from "./words.ts";

/** Windows and places to choose from. */

export interface Offering {
  readonly address: string;
  readonly page: Page<OfferedWindow>;
  /** The window that was wished, and is free no more. */
  readonly gone?: ChosenWindow;
  /** The one that would be moved. */
  readonly moving?: Delivery;
}

const OFFER_KEYS: Readonly<Record<PageKind, string>> = {
  first: "offer",
  later: "offerLater",
  fitting: "offerFitting",
  instead: "offerInstead",
  unplanned: "offerUnplanned",
  taken: "offerTaken",
  noMore: "noMore",
};

/** The chat on a page says the title and draws the day's line; elsewhere the price stands beneath the title. */
const TITLES_ALONE = "web";

export function offer(
  speaking: Speaking,
  talk: Talk,
  { address, page, gone, moving }: Offering,
  channelKind: string,
): Effect {
  const isPlain = page.kind === "first" || page.kind === "later";
  const text = gone
    ? say(speaking, "offerGone", { address, window: spokenWindow(speaking, gone) })
    : moving && isPlain && moving.state !== "held"
      ? say(speaking, "offerMove", valuesOf(speaking, moving))
      : say(speaking, OFFER_KEYS[page.kind], { address });
  const options = [
    ...page.shown.map((one) => {
      const title = windowTitle(speaking, one);
      const cost = price(speaking, one.priceMinor, one.currency);
      const id = windowId(one, moving?.id);
      return channelKind === TITLES_ALONE
        ? { id, title: `${title} · ${cost}`, window: { ...windowOnDay(speaking, one), cost } }
        : { id, title, description: cost };
    }),
    ...(page.hasMore ? [{ id: optionId("more"), title: say(speaking, "optionMore") }] : []),
    ...(moving ? [] : [{ id: optionId("address"), title: say(speaking, "optionAddress") }]),
  ];
  const { deliveryId: _, ...fresh } = talk;
  const shown = page.shown.map(({ eveningId, earliestAt, latestAt }) => ({
    eveningId,
    earliestAt,
    latestAt,
  }));
  return ask(
    "window",
    { ...fresh, ...(moving && { deliveryId: moving.id }), shown, tries: 0 },
    text,
    options,
  );
}

export function askPlace(speaking: Speaking, talk: Talk, places: readonly KnownPlace[]): Effect {
  const next = { ...talk, places: [...places] };
  const [one, ...others] = places;
  const other = { id: optionId("address"), title: say(speaking, "optionAddress") };
  if (one && others.length === 0) {
    const yes = { id: placeOption(places, 0), title: say(speaking, "optionYesPlace") };
    return ask("place", next, say(speaking, "confirmPlace", { address: one.address }), [yes, other]);
  }
  // Whole: where a title is too long, the channel shows it in the text as well.
  const options = places.map(({ address: title }, n) => ({ id: placeOption(places, n), title }));
  return ask("place", next, say(speaking, "choosePlace"), [...options, other]);
}
