/** Largest upload at the desk and in the web chat, bytes. */
export const UPLOAD_BYTES = 10 * 1024 * 1024;
/** Largest map of a city, bytes: all of a large city to zoom 14 takes some 50 MB. */
export const MAP_BYTES = 200 * 1024 * 1024;
/** Largest file that is fetched from a provider for a customer's message, bytes (WhatsApp's documents). */
export const INBOUND_BYTES = 100 * 1024 * 1024;
/** Uploads that one process takes in at the same time; more are told to come back. */
export const UPLOADS_AT_ONCE = 24;
/** Characters of a file's name. */
export const NAME_CHARACTERS = 150;
/** An upload that no message names after this time was never sent, and goes. */
export const UNSENT_MS = 86_400_000;
