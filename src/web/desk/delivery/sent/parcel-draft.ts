import type { CourierInput } from "../../../../skills/delivery/api.ts";

/** A parcel as it is typed at the counter. */
export interface ParcelDraft {
  reference: string;
  parcels: string;
  skills: CourierInput["skills"];
  doorNote: string;
  name: string;
  phone: string;
  email: string;
  agreed: boolean;
  evidence: string;
}

export const blankParcel: ParcelDraft = {
  reference: "",
  parcels: "1",
  skills: [],
  doorNote: "",
  name: "",
  phone: "",
  email: "",
  agreed: false,
  evidence: "",
};

export interface ChosenPlace {
  cityId: number | undefined;
  address: string;
  place: { lat: number; lon: number };
}

export type ParcelFault = "parcels" | "phone" | "email" | "evidence" | "nobody";

/** German numbers without a country's code, others with it, also as "+49 (0)40 …". @returns E.164, or "" for nothing */
export function phoneOf(text: string): string {
  return text
    .replace(/^(\s*(?:\+|00).*?)\(0\)/, "$1")
    .replace(/[\s()/.-]/g, "")
    .replace(/^00/, "+")
    .replace(/^0/, "+49");
}

/** What cannot be sent as it is. @param hasConversation the customer is known by it */
export function faultsOf(draft: ParcelDraft, hasConversation: boolean): ReadonlySet<ParcelFault> {
  const parcels = Number(draft.parcels);
  const phone = phoneOf(draft.phone);
  const email = draft.email.trim();
  const faults: [ParcelFault, boolean][] = [
    ["parcels", !(Number.isInteger(parcels) && parcels >= 1 && parcels <= 50)],
    ["phone", phone !== "" && !/^\+[1-9]\d{4,14}$/.test(phone)],
    ["email", email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email)],
    ["evidence", draft.agreed && draft.evidence.trim() === ""],
    ["nobody", draft.agreed && phone === "" && email === "" && !hasConversation],
  ];
  return new Set(faults.filter(([, isWrong]) => isWrong).map(([name]) => name));
}
