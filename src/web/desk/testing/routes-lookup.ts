import { listQuestions } from "../../../skills/colleagues/api.ts";
import { type DeliveryCard, listContactDeliveries } from "../../../skills/delivery/api.ts";
import { listLookupCards, listLookupConnections } from "../../../skills/lookup/api.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

/** Somebody whom a courier is on the way to, and to whom something was brought last week. */
const BROUGHT_TO = 7;
const DAY_MINUTES = 1_440;

function brought(): DeliveryCard[] {
  const base: DeliveryCard = {
    id: 2,
    senderName: "",
    reference: "HK-10871",
    address: "Eppendorfer Weg 87, 20259 Hamburg",
    earliestAt: minutesFromNow(-40),
    latestAt: minutesFromNow(80),
    timeZone: "Europe/Berlin",
    state: "under_way",
    attempt: 1,
    skills: [],
    doorNote: "Nachbar: Familie Kaya",
    told: { from: minutesFromNow(10), until: minutesFromNow(40) },
    expected: { from: minutesFromNow(10), until: minutesFromNow(40) },
    isLate: false,
    outcome: null,
    outcomeWords: "",
    endedAt: null,
    proof: "signature",
    photoUrl: null,
    signature: null,
    compensation: null,
    answer: null,
    answerWords: "",
  };
  const past: DeliveryCard = {
    ...base,
    id: 1,
    earliestAt: minutesFromNow(-7 * DAY_MINUTES),
    latestAt: minutesFromNow(120 - 7 * DAY_MINUTES),
    state: "done",
    told: null,
    expected: null,
    outcome: "handed_over",
    outcomeWords: "Käthe Weiß",
    endedAt: minutesFromNow(130 - 7 * DAY_MINUTES),
    signature: "M20 80C60 20 80 110 120 60S180 30 210 80S260 60 280 50",
    compensation: { minor: 500, currency: "EUR" },
    answer: "bad",
    answerWords: "Niemand hat geklingelt.",
  };
  return [base, past];
}

/** Nobody has proved anything, no shop is connected, no colleague was asked, nothing is brought. */
export const lookupRoutes = [
  on(listLookupConnections, () => ({ items: [] })),
  on(listLookupCards, () => ({ items: [] })),
  on(listQuestions, () => ({ items: [] })),
  on(listContactDeliveries, (_, { params }) => ({ items: params.id === BROUGHT_TO ? brought() : [] })),
];
