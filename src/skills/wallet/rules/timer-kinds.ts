/** Kinds of this skill's timers. */
export const SAY = "wallet_say";
export const EXPIRE = "wallet_expire";
export const FORGET = "wallet_forget";
export const FOLLOW = "wallet_follow";
