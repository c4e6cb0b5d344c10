import type { CourierPage, CourierShift, CourierStop } from "../contract.ts";

/** A round as the node shows it, for tests of what the phone makes of it. */

export const exampleStop = (id: number, more: Partial<CourierStop> = {}): CourierStop => ({
  deliveryId: id,
  code: `AHD1:1:${id}`,
  name: `Kundin ${id}`,
  address: `Weg ${id}, 20259 Hamburg`,
  place: { lat: 53.5 + id / 100, lon: 9.9 },
  earliestAt: "2026-11-24T18:00:00Z",
  latestAt: "2026-11-24T20:00:00Z",
  expectedAt: "2026-11-24T18:30:00Z",
  isInPlan: true,
  doorNote: "",
  parcels: 1,
  fetchAt: null,
  senderName: "Hansekontor",
  senderReference: `HK-20${id}`,
  skills: [],
  proof: "none",
  codeHint: null,
  state: "booked",
  outcome: null,
  mayNeighbour: true,
  mayLeave: false,
  canWrite: true,
  takeBack: "",
  isTakenAlong: null,
  ...more,
});

export const exampleShift = (stops: CourierStop[], more: Partial<CourierShift> = {}): CourierShift => ({
  id: 5,
  date: "2026-11-24",
  cityName: "Hamburg",
  timeZone: "Europe/Berlin",
  phone: "",
  state: "accepted",
  earliestAt: "2026-11-24T16:00:00Z",
  latestAt: "2026-11-24T21:00:00Z",
  start: { name: "Mitte", place: { lat: 53.55, lon: 9.99 } },
  end: { name: "Mitte", place: { lat: 53.55, lon: 9.99 } },
  frozen: 0,
  against: null,
  stops,
  pickups: [],
  messages: [],
  ...more,
});

export const examplePage = (shift: CourierShift): CourierPage => ({
  company: { name: "Hanse-Boten" },
  courier: { id: 3, name: "Jo", language: "de", formOfAddress: "sie" },
  now: "2026-11-24T17:00:00Z",
  shifts: [shift],
});
