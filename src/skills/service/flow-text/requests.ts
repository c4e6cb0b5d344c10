import { readRequest } from "../rules/index.ts";
import { bareWords } from "./slot-values.ts";

/** What a customer wants of the conversation itself while a flow is open. */
export type ChangeOfMind = "person" | "cancel" | "back";

const BACK =
  /^(?:(?:bitte|please|nein|no|ok|moment|einen|one|noch|mal|doch) )*(?:zurueck|einen schritt zurueck|schritt zurueck|eine frage zurueck|vorherige frage|back|go back|step back|previous(?: question)?|geh zurueck|gehen sie zurueck)(?: bitte| please| noch mal| again)*$/;

/** Cancel, back or a person; undefined when the message is an answer, or about something else. */
export function readChangeOfMind(text: string): ChangeOfMind | undefined {
  if (BACK.test(bareWords(text))) return "back";
  const request = readRequest(text);
  if (request === "person") return "person";
  return request === "stop" ? "cancel" : undefined;
}

/** Yes or no, said alone. */
export function readAgreement(text: string): "yes" | "no" | null {
  const request = readRequest(text);
  return request === "yes" || request === "no" ? request : null;
}
