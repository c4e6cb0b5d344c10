/** Kinds of this skill's timers. */
export const SAY = "wallet_say";
export const EXPIRE = "wallet_expire";
