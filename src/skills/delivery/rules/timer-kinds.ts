/** Timers of this skill. */
export const EXPIRE = "delivery_expire";
export const IMPROVE = "delivery_improve";
export const FORGET = "delivery_forget";
