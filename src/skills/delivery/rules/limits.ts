/** Every limit of this skill, with its unit. */

export const DAY_MS = 86_400_000;
/** Days of windows at once, where nobody says otherwise. */
export const DAYS_DEFAULT = 7;
/** Evenings are planned so far ahead. */
export const PLANNED_DAYS = 60;
export const CITIES_MOST = 100;
/** What a plan was checked against the database is good for, if nobody announced anything. */
export const FRESH_MS = 5_000;
/** Companies whose plans a process keeps at once. */
export const TENANTS_KEPT = 200;
/** The optimiser begins so long after a change, and collects what comes meanwhile. */
export const IMPROVE_AFTER_MS = 1_000;
export const IMPROVE_CPU_S = 3;
export const IMPROVE_TIME_LIMIT_MS = 60_000;
export const IMPROVE_HEAP_MB = 1_024;
/** A plan with more stops is improved by insertion alone. */
export const IMPROVE_STOPS_MOST = 5_000;
/** An evening is looked after from so long before its first round: its first customers hear of the courier by then. */
export const WATCHED_AHEAD_MS = 31 * 60_000;
/** Deliveries of one person that are still to come: whoever wants more speaks with a person. */
export const BOOKINGS_A_PERSON_MOST = 10;
/** Windows that one sender holds at once without having booked them. */
export const HOLDS_A_SENDER_MOST = 200;
/** Cities in which an address is looked for, of however many. */
export const CITIES_ASKED_MOST = 3;
