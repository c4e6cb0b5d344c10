export const ANSWER = "pay_answer";
export const CONSENT = "pay_consent";
export const PAID = "pay_paid";
export const REMIND = "pay_remind";
export const EXPIRE = "pay_expire";
export const FETCH = "pay_fetch";
export const REFUND = "pay_refund";
export const FORGET = "pay_forget";
