/** Contracts of the delivery skill. */
export * from "./api/cities.ts";
export * from "./api/city-map.ts";
export * from "./api/contact-deliveries.ts";
export * from "./api/courier-page.ts";
export * from "./api/couriers.ts";
export * from "./api/deliveries.ts";
export * from "./api/evenings.ts";
export * from "./api/labels.ts";
export * from "./api/live.ts";
export * from "./api/other-work.ts";
export * from "./api/room.ts";
export * from "./api/running.ts";
