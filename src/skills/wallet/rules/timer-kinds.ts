/** Kinds of this skill's timers. */
export const SAY = "wallet_say";
export const INVITE = "wallet_invite";
export const EXPIRE = "wallet_expire";
