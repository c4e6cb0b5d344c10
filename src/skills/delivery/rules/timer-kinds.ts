/** Timers of this skill. */
export const EXPIRE = "delivery_expire";
export const IMPROVE = "delivery_improve";
export const FORGET = "delivery_forget";
/** Every minute from half an hour before an evening's first round until it is over. */
export const EVENING = "delivery_evening";
/** Something is to be said in the conversation of the company whose parcel it is. */
export const ACROSS = "delivery_across";
/** A delivery came to its end, and its customer hears it. */
export const ENDED = "delivery_ended";
/** The question of the next morning. */
export const ASK_WELL = "delivery_ask_well";
/** Who was not content has not said why: a person asks. */
export const UNSAID = "delivery_unsaid";
/** Systems outside are told. */
export const WEBHOOKS = "delivery_webhooks";
/** The owner of a system hears that it is told no more. */
export const WEBHOOK_STOPPED = "delivery_webhook_stopped";
/** A sender's customer is forgotten at the carrier. */
export const FORGET_ACROSS = "delivery_forget_across";
