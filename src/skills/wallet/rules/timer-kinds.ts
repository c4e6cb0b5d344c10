/** Kinds of this skill's timers. */
export const SAY = "wallet_say";
export const INVITE = "wallet_invite";
export const EXPIRE = "wallet_expire";
/** Set by pay: the euro of a purchase are there, or not any more. */
export const BOUGHT = "wallet_bought";
/** What is owed is published. */
export const SEAL = "wallet_seal";
