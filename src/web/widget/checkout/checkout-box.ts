import { askNode, type OfferedWindow, type Offers, type Parcel, type Place } from "./node-calls.ts";
import { STYLE } from "./style.ts";
import { type Say, speak } from "./words.ts";

/**
 * Windows of delivery inside a shop's form. What is held goes into hidden fields of that form (`delivery_hold`,
 * `delivery_hold_until`, `delivery_address`), and an event `delivery-held` says it to the page's own script.
 */

/** So many days of windows stand there at first. */
const DAYS_FIRST = 2;
const FIELDS = ["delivery_hold", "delivery_hold_until", "delivery_address"] as const;

interface Box {
  readonly host: HTMLElement;
  readonly say: Say;
  readonly language: string;
  readonly node: ReturnType<typeof askNode>;
  readonly parcel: Parcel;
  readonly status: HTMLElement;
  readonly list: HTMLElement;
  /** Counts what the customer does: an answer to what is no longer asked is not shown. */
  turn: number;
  /** The id under which something is, or may be, held; "" = nothing. */
  held: string;
  /** Holds are asked for one after the other, so that each gives the one before back. */
  holding: Promise<void>;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  part: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), part);
  element.append(...children);
  return element;
}

/** @param base of the node that the script came from */
export function openCheckout(host: HTMLElement, base: string): void {
  if (host.shadowRoot) return;
  const { key = "", parcels = "1", skills = "", address = "", lang } = host.dataset;
  const named = (lang ?? document.documentElement.lang) || "de";
  // Without a region English would write hours and days as in America.
  const language = named.toLowerCase() === "en" ? "en-GB" : named;
  const say = speak(language);
  const root = host.attachShadow({ mode: "open" });
  const status = make("p", { className: "s" });
  status.setAttribute("role", "status");
  const list = make("div");
  const input = make("input", { className: "t", id: "a", value: address, autocomplete: "street-address" });
  input.placeholder = say("hint");
  const button = make("button", { type: "button", textContent: say("search") });
  const box: Box = {
    host,
    say,
    language,
    node: askNode(base, key),
    parcel: { parcels, skills },
    status,
    list,
    turn: 0,
    held: "",
    holding: Promise.resolve(),
  };
  const search = () => working(box, button, (isWanted) => find(box, input.value.trim(), isWanted));
  button.addEventListener("click", search);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    // The shop's own form is not sent by it.
    event.preventDefault();
    search();
  });
  const label = make("label", { className: "l", htmlFor: "a", textContent: say("address") });
  root.append(
    make("style", { textContent: STYLE }),
    make(
      "fieldset",
      {},
      make("legend", { textContent: say("title") }),
      label,
      make("div", { className: "row" }, input, button),
      list,
      status,
    ),
  );
  if (address.trim() !== "") search();
}

/** @param work gets whether it is still what the customer wants to know */
async function working(
  box: Box,
  button: HTMLElement | null,
  work: (isWanted: () => boolean) => Promise<void>,
): Promise<void> {
  const turn = ++box.turn;
  const isWanted = () => box.turn === turn;
  button?.setAttribute("aria-busy", "true");
  box.status.textContent = box.say("asking");
  try {
    await work(isWanted);
  } catch {
    if (isWanted()) {
      unchoose(box);
      box.status.textContent = box.say("failed");
    }
  }
  button?.removeAttribute("aria-busy");
}

async function find(box: Box, text: string, isWanted: () => boolean): Promise<void> {
  clear(box);
  // A window for the address of before is no answer for this one; it is given back with the next hold.
  if (box.held !== "") write(box, null);
  if (text === "") {
    box.status.textContent = box.say("unknown");
    return;
  }
  const { items, isSure, attribution } = await box.node.places(text);
  if (!isWanted()) return;
  const [first] = items;
  if (!first) {
    box.status.textContent = box.say("unknown");
    return;
  }
  if (isSure) return offer(box, first, attribution, isWanted);
  box.status.textContent = box.say("which");
  box.list.append(
    ...items.map((place) => {
      const choice = make("button", { type: "button", textContent: place.address });
      choice.addEventListener("click", () =>
        working(box, choice, (isWanted) => offer(box, place, attribution, isWanted)),
      );
      return make("div", { className: "row" }, choice);
    }),
  );
}

async function offer(box: Box, place: Place, attribution: string, isWanted: () => boolean): Promise<void> {
  const { timeZone, ...offers } = await box.node.windows(place, box.parcel);
  if (!isWanted()) return;
  show(box, place, { offers, timeZone });
  box.status.textContent = said(box, offers);
  if (attribution !== "") box.list.append(make("p", { className: "a", textContent: attribution }));
}

function said({ say }: Box, { windows, refusal }: Offers): string {
  if (windows.length > 0) return "";
  return say(refusal?.reason === "outside" ? "outside" : "none");
}

function show(
  box: Box,
  place: Place,
  { offers, timeZone }: { readonly offers: Offers; readonly timeZone: string },
): void {
  clear(box);
  const day = new Intl.DateTimeFormat(box.language, {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  const clock = new Intl.DateTimeFormat(box.language, { timeZone, hour: "numeric", minute: "2-digit" });
  const group = make("div", {});
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", box.say("windows"));
  const later = make("div", {});
  const more = make("button", { type: "button", textContent: box.say("more") });
  let last = "";
  let days = 0;
  let target = group;
  for (const window of offers.windows) {
    const date = day.format(new Date(window.earliestAt));
    if (date !== last) {
      days += 1;
      if (days > DAYS_FIRST) target = later;
      target.append(make("p", { className: "day", textContent: date }));
    }
    last = date;
    const span = `${clock.format(new Date(window.earliestAt))}–${clock.format(new Date(window.latestAt))}`;
    const radio = make("input", { type: "radio", name: "w" });
    radio.setAttribute("aria-label", `${date}, ${span}, ${priceOf(box, window)}`);
    radio.addEventListener("change", () =>
      working(box, null, (isWanted) =>
        hold(box, place, { window, timeZone, shown: `${date}, ${span}`, isWanted }),
      ),
    );
    const price = make("span", { className: "p", textContent: priceOf(box, window) });
    target.append(make("label", { className: "w" }, radio, span, price));
  }
  box.list.append(group);
  if (days <= DAYS_FIRST) return;
  // The whole week at once would push the rest of the shop's form out of sight.
  more.addEventListener("click", () => {
    more.replaceWith();
    group.append(later);
    later.querySelector("input")?.focus();
  });
  box.list.append(more);
}

function priceOf({ say, language }: Box, { priceMinor, currency }: OfferedWindow): string {
  if (priceMinor === 0) return say("free");
  const money = new Intl.NumberFormat(language, { style: "currency", currency });
  return money.format(priceMinor / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
}

interface Chosen {
  readonly window: OfferedWindow;
  readonly timeZone: string;
  readonly shown: string;
  readonly isWanted: () => boolean;
}

function hold(box: Box, place: Place, chosen: Chosen): Promise<void> {
  const next = box.holding.then(() => (chosen.isWanted() ? holdNow(box, place, chosen) : undefined));
  box.holding = next.catch(() => {});
  return next;
}

async function holdNow(box: Box, place: Place, { window, timeZone, shown, isWanted }: Chosen): Promise<void> {
  const insteadOf = box.held;
  // What was held goes with the asking, and an answer that is lost may have held something.
  if (insteadOf !== "") write(box, null);
  box.held = randomId();
  const { parcel } = box;
  const answer = await box.node.hold({ hold: box.held, insteadOf, place, window, parcel });
  if (!isWanted()) return;
  const { hold: id, holdUntil, instead } = answer;
  if (answer.outcome === "gone" || id === null || holdUntil === null) {
    write(box, null);
    if (instead) show(box, place, { offers: instead, timeZone });
    else unchoose(box);
    box.status.textContent = box.say("gone");
    return;
  }
  write(box, { delivery_hold: id, delivery_hold_until: holdUntil, delivery_address: place.address });
  const until = new Date(holdUntil);
  const time = until.toLocaleTimeString(box.language, { timeZone, hour: "2-digit", minute: "2-digit" });
  box.status.textContent = box.say("held", { time, window: shown });
  box.status.scrollIntoView({ block: "nearest" });
  // By the node's clock: a customer's may be minutes wrong.
  const holds_ms = until.getTime() - Date.parse(answer.now);
  setTimeout(() => {
    if (!isWanted()) return;
    write(box, null);
    unchoose(box);
    box.status.textContent = box.say("over");
  }, holds_ms);
}

/** Nothing is held: a window that stayed checked could not be chosen again. */
function unchoose({ list }: Box): void {
  for (const radio of list.querySelectorAll<HTMLInputElement>("input:checked")) radio.checked = false;
}

/** A UUID, version 4; pages without TLS have no `crypto.randomUUID`. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

type Fields = Record<(typeof FIELDS)[number], string>;

/** Hidden fields stand in the shop's own form, beside the box; nothing is held: they go. */
function write({ host }: Box, fields: Fields | null): void {
  for (const name of FIELDS) {
    host.parentElement?.querySelector(`:scope > input[name="${name}"]`)?.remove();
    if (fields) host.before(make("input", { type: "hidden", name, value: fields[name] }));
  }
  host.dispatchEvent(new CustomEvent("delivery-held", { bubbles: true, detail: fields }));
}

function clear({ list, status }: Box): void {
  list.replaceChildren();
  status.textContent = "";
}
