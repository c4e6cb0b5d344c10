import { findDateTime, type NamedTime, type TimeContext } from "../date-time/index.ts";
import { MAX_SEARCHED, type Span } from "../folded.ts";
import { findEmail, findPhone } from "./contact-details.ts";
import { findIban } from "./iban.ts";
import { findLine } from "./line-name.ts";
import { type Currency, findAmount } from "./money.ts";
import { findOrder, type OrderNumberStyle } from "./order-number.ts";
import { findPostcode } from "./postcode.ts";

type PlainKind = "order" | "postcode" | "email" | "phone" | "iban" | "line";

/** Something in a text that a flow may need, with its place there. `value` is its one way of writing. */
export type Entity = Span &
  (
    | { [Kind in PlainKind]: { readonly kind: Kind; readonly value: string } }[PlainKind]
    | { readonly kind: "dateTime"; readonly value: string; readonly time: NamedTime }
    | { readonly kind: "amount"; readonly value: string; readonly cents: number; readonly currency: Currency }
  );
export type EntityKind = Entity["kind"];

export interface EntityContext extends TimeContext {
  readonly orderStyle?: OrderNumberStyle;
  /** Country of numbers without a country code, such as "49". */
  readonly countryCode?: string;
  /** What was asked for: an answer of five digits is then a postcode, or an order number. */
  readonly expects?: EntityKind;
}

type Find = (text: string, context: EntityContext) => Entity | undefined;

/** In the order in which they are found: what is unmistakable takes its place before what may be several things. */
const FINDERS: readonly (readonly [EntityKind, Find])[] = [
  ["email", (text) => found(findEmail(text), ({ email }) => ({ kind: "email", value: email }))],
  ["iban", (text) => found(findIban(text), ({ iban }) => ({ kind: "iban", value: iban }))],
  [
    "phone",
    (text, { countryCode }) =>
      found(findPhone(text, countryCode), ({ phone }) => ({ kind: "phone", value: phone })),
  ],
  [
    "amount",
    (text) =>
      found(findAmount(text), ({ cents, currency }) => ({
        kind: "amount",
        value: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")} ${currency}`,
        cents,
        currency,
      })),
  ],
  [
    "postcode",
    (text, { expects }) => {
      const postcode = findPostcode(text);
      // Five digits alone are an order number sooner, unless a postcode was asked for.
      if (!postcode || (postcode.isAlone && expects !== "postcode")) return undefined;
      return found(postcode, (one) => ({ kind: "postcode", value: one.postcode }));
    },
  ],
  [
    "order",
    (text, { orderStyle }) =>
      found(findOrder(text, orderStyle), ({ order }) => ({ kind: "order", value: order })),
  ],
  ["line", (text) => found(findLine(text), ({ line }) => ({ kind: "line", value: line }))],
  [
    "dateTime",
    (text, context) =>
      found(findDateTime(text, context), (time) => ({ kind: "dateTime", value: time.local, time })),
  ],
];

const WITHOUT_FIGURES: ReadonlySet<EntityKind> = new Set(["email", "dateTime"]);

/** Finds nothing twice of one kind beyond this; more only takes time. */
const MOST_OF_A_KIND = 5;
/** A sign that is neither word nor number, in the place of what was found already. */
const TAKEN = "\u2023";

type Without<Whole> = Whole extends Span ? Omit<Whole, keyof Span> : never;

function found<Found extends Span>(
  one: Found | undefined,
  read: (one: Found) => Without<Entity>,
): Entity | undefined {
  return one && ({ ...read(one), start: one.start, end: one.end } as Entity);
}

/** Everything of a message that a flow may need, in the order of the text; no two share a place. */
export function findEntities(text: string, context: EntityContext): readonly Entity[] {
  const entities: Entity[] = [];
  let rest = text.slice(0, MAX_SEARCHED);
  const { expects } = context;
  // Only a moment and an e-mail address can be named without a figure.
  const possible = /\d/.test(rest) ? FINDERS : FINDERS.filter(([kind]) => WITHOUT_FIGURES.has(kind));
  const finders = [...possible].sort(([a], [b]) => Number(b === expects) - Number(a === expects));
  for (const [, find] of finders) {
    for (let count = 0; count < MOST_OF_A_KIND; count++) {
      const one = find(rest, context);
      if (!one) break;
      entities.push(one);
      rest = rest.slice(0, one.start) + TAKEN.repeat(one.end - one.start) + rest.slice(one.end);
    }
  }
  return entities.sort((a, b) => a.start - b.start);
}

/** The first of one kind; what else the message holds does not hide it, and it hides nothing else. */
export function findEntity<Kind extends EntityKind>(
  kind: Kind,
  text: string,
  context: EntityContext,
): Extract<Entity, { kind: Kind }> | undefined {
  const all = findEntities(text, { ...context, expects: kind });
  return all.find((one): one is Extract<Entity, { kind: Kind }> => one.kind === kind);
}
