/** Timers of this skill. */

export const ACCEPT = "business_accept";
export const DECLINE = "business_decline";
export const REFUSE = "business_refuse";
export const CONFIRM = "business_confirm";
export const EXPIRE = "business_expire";
export const MACHINE_DOWN = "business_machine_down";
export const FORGET = "business_forget";
