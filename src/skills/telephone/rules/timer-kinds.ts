/** A call that a telephone system told of has ended, or is silent for too long. */
export const SETTLE = "telephone_settle";
/** The next piece of a list of calls. */
export const IMPORT = "telephone_import";
/** Removes what is older than promised. */
export const FORGET = "telephone_forget";
/** A customer took a promised call back. */
export const WITHDRAW = "telephone_withdraw";
/** A customer wishes another time. */
export const MOVE = "telephone_move";
