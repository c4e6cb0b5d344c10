import type { RateRule } from "../http/limits.ts";

/** Largest body of a visitor's call that is no file, bytes. */
export const VISITOR_BODY_BYTES = 65_536;
/** Messages that the history gives. */
export const HISTORY_MESSAGES = 100;

/** Of one visitor: nobody types faster, and a queue that was typed offline comes at once. */
export const MESSAGES: RateRule = { burst: 60, perMinute: 40 };
export const SEEN: RateRule = { burst: 60, perMinute: 120 };
/** More signs of writing are taken and not passed on. */
export const TYPING: RateRule = { burst: 6, perMinute: 40 };
export const UPLOADS: RateRule = { burst: 12, perMinute: 12 };
export const STREAM_OPENINGS: RateRule = { burst: 30, perMinute: 30 };

/** Of one address, which may be an office or a school. */
export const UPLOADS_BY_ADDRESS: RateRule = { burst: 60, perMinute: 60 };
export const STREAMS_BY_ADDRESS: RateRule = { burst: 1_200, perMinute: 600 };

/** Streams of one visitor at the same time: pages in several tabs. */
export const STREAMS_AT_ONCE = 8;
