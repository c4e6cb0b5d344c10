/** Timers of this skill. */
export const EXPIRE = "delivery_expire";
export const IMPROVE = "delivery_improve";
export const FORGET = "delivery_forget";
/** Every minute from half an hour before an evening's first round until it is over. */
export const EVENING = "delivery_evening";
/** Something is to be said in the conversation of the company whose parcel it is. */
export const ACROSS = "delivery_across";
