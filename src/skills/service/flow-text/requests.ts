import { isStop } from "#kernel";
import { readEmergency, readRequest } from "../rules/index.ts";

/** What a customer wants of the conversation itself while a flow is open. */
export type ChangeOfMind = "person" | "cancel" | "back";

/** Cancel, back or a person; undefined when the message is an answer, or about something else. */
export function readChangeOfMind(text: string): ChangeOfMind | undefined {
  const request = readRequest(text);
  if (request === "person" || request === "back") return request;
  return request === "stop" ? "cancel" : undefined;
}

/** Yes or no, said alone. */
export function readAgreement(text: string): "yes" | "no" | null {
  const request = readRequest(text);
  return request === "yes" || request === "no" ? request : null;
}

/** Words that mean the same in every conversation (a person, cancel, yes, thanks, STOP): no flow may take them for itself. */
export function isReserved(words: string): boolean {
  return readRequest(words) !== undefined || readEmergency(words) !== undefined || isStop(words);
}
