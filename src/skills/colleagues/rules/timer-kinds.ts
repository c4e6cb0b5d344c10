/** Timers of this skill; what comes back has the kernel's `sideTimer`. */

export const ROOM = "colleagues";
export const SEND = "colleagues_send";
export const REMIND = "colleagues_remind";
export const EXPIRE = "colleagues_expire";
export const FORGET = "colleagues_forget";
