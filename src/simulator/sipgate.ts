import { randomBytes } from "node:crypto";

/**
 * sipgate.io's push API as https://developer.sipgate.io/push-api/api-reference/ has it: `newCall` goes to the address that
 * was entered, as a form; its XML answer says where `answer` and `hangup` shall go, and what it does not ask for is not sent.
 */
export interface SipgateCall {
  readonly from: string;
  readonly to: string;
  readonly direction: "in" | "out";
}

export type SipgateCause =
  | "normalClearing"
  | "busy"
  | "cancel"
  | "noAnswer"
  | "congestion"
  | "notFound"
  | "forwarded";

export interface RingingCall {
  readonly callId: string;
  /** What the other side answered to `newCall`. */
  readonly reply: { readonly status: number; readonly type: string; readonly text: string };
  /** Somebody takes it; of a voicemail the user is "voicemail". */
  answer(user: string, answeringNumber: string): Promise<void>;
  hangup(cause: SipgateCause, answeringNumber?: string): Promise<void>;
}

const users = ["Alice", "Bob"];

/** @param urls where the account's webhooks point: for incoming and outgoing calls */
export async function ringSipgate(
  urls: { in: string; out: string },
  call: SipgateCall,
): Promise<RingingCall> {
  const callId = randomBytes(16).toString("hex").toUpperCase();
  const base = { direction: call.direction, from: call.from, to: call.to, callId };
  const form = new URLSearchParams({ event: "newCall", ...base, origCallId: callId, xcid: `${callId}x` });
  for (const [n, user] of users.entries()) {
    form.append("user[]", user);
    form.append("userId[]", `w${n}`);
    form.append("fullUserId[]", `1234567w${n}`);
  }
  const reply = await push(urls[call.direction], form);
  const wished = (name: string) => new RegExp(`<Response[^>]*\\s${name}="([^"]+)"`).exec(reply.text)?.[1];
  const [onAnswer, onHangup] = [wished("onAnswer"), wished("onHangup")];
  return {
    callId,
    reply,
    async answer(user, answeringNumber) {
      if (!onAnswer) return;
      const event = {
        event: "answer",
        ...base,
        user,
        userId: "w0",
        fullUserId: "1234567w0",
        answeringNumber,
      };
      await push(onAnswer, new URLSearchParams(event));
    },
    async hangup(cause, answeringNumber = "") {
      if (!onHangup) return;
      await push(onHangup, new URLSearchParams({ event: "hangup", cause, ...base, answeringNumber }));
    },
  };
}

async function push(url: string, form: URLSearchParams): Promise<RingingCall["reply"]> {
  const response = await fetch(url, { method: "POST", body: form });
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    text: await response.text(),
  };
}
