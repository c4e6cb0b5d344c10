/** Every limit of the telephone's skill, with its unit. */

/** So long the author may change or take back what was logged. */
export const EDIT_MS = 10 * 60_000;
/** Lines of one list of calls. */
export const FILE_LINES = 50_000;
/** Bytes of one list of calls. */
export const FILE_BYTES = 6 * 1024 * 1024;
/** Lines of a list that are worked off in one transaction. */
export const CHUNK_LINES = 500;
/** Pieces in one go; then other timers get their turn, and no list runs into their time limit. */
export const PIECES_A_RUN = 20;
/** Tries of one piece, some eight minutes; then the list is given up. */
export const PIECE_TRIES = 8;
/** A larger file is read in a process of its own; bytes, a few milliseconds. */
export const AT_ONCE_BYTES = 128 * 1024;
/** Files that wait for that process at once; more are told to come again. */
export const FILES_WAITING = 3;
/** Lines that are named as unreadable; more only makes the page long. */
export const FAULTS_SHOWN = 20;
/** One telephone system: a call makes up to three. */
export const HOOK_RATE = { burst: 120, perMinute: 600 } as const;
/** Addresses that lead nowhere, from one sender; so many, because one provider's server calls for many companies. */
export const GUESS_RATE = { burst: 100, perMinute: 30 } as const;
/** Telephone systems of all companies that one process knows by their address. */
export const LINES_KNOWN = 5_000;
/** Telephone systems of one company. */
export const LINES_MOST = 20;
/** A call that is never hung up: with nobody who answered it was missed, otherwise somebody spoke. */
export const RINGING_MS = 30 * 60_000;
export const TALKING_MS = 4 * 3_600_000;
/** What a telephone system said of a call, once that is understood. */
export const SETTLED_KEEP_MS = 24 * 3_600_000;
/** The same call, told by a list and by the telephone system: their clocks differ by so much. */
export const SAME_CALL_MS = 90_000;
/** A call that a colleague logs so long after it began is the one that the telephone system tells of. */
export const LOGGED_AFTER_MS = 30 * 60_000;
/** A wished time beyond this is no span of one call. */
export const LONGEST_SPAN_MS = 12 * 3_600_000;
export const FURTHEST_MS = 60 * 86_400_000;
export const DAY_MS = 86_400_000;
/** Rows of one list of the desk. */
export const LIST_ROWS = 500;
