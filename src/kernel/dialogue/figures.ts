import { counter, gauge, histogram } from "../observe.ts";

/** What the message's way counts. */
export const messagesIn = counter("ah_messages_in_total", "Messages of customers that were stored");
export const receiptsIn = counter("ah_receipts_total", "Provider receipts read");
export const duplicatesIn = counter("ah_duplicates_total", "Items that were already stored");
export const homelessIn = counter("ah_homeless_total", "Bodies for an address that no company has");
export const parkedRows = counter("ah_parked_total", "Rows that could not be handled");
export const sends = counter("ah_sends_total", "Sends by result", ["outcome"]);
export const answerSeconds = histogram("ah_answer_seconds", "From the stored message to the accepted answer");
export const outboxBacklog = gauge("ah_outbox_backlog", "Channels with something to send");
