import { json, type Reply } from "./http.ts";

/** Error bodies as Meta writes them. */

export interface MetaError {
  status: number;
  code: number;
  details: string;
}

const titles: Readonly<Record<number, string>> = {
  1: "An unknown error occurred",
  2: "Service temporarily unavailable",
  4: "Application request limit reached",
  10: "Application does not have permission for this action",
  100: "Invalid parameter",
  190: "Error validating access token",
  368: "The account is temporarily blocked for policies violations",
  80007: "Rate limit hit",
  130429: "Rate limit hit",
  130472: "User's number is part of an experiment",
  131000: "Something went wrong",
  131008: "Required parameter is missing",
  131009: "Parameter value is not valid",
  131016: "Service unavailable",
  131026: "Message undeliverable",
  131031: "Business account locked",
  131042: "Business eligibility payment issue",
  131047: "Re-engagement message",
  131048: "Spam rate limit hit",
  131049: "This message was not delivered to maintain healthy ecosystem engagement",
  131050: "Unable to deliver. This recipient has chosen to stop receiving marketing messages",
  131051: "Unsupported message type",
  131052: "Media download error",
  131053: "Media upload error",
  131056: "(Business Account, Consumer Account) pair rate limit hit",
  131057: "Account in maintenance mode",
  132000: "Number of parameters does not match the expected number of params",
  132001: "Template name does not exist in the translation",
  132015: "Template is paused",
  132016: "Template is disabled",
};

let traces = 0;

export function errorReply(error: MetaError): Reply {
  const title = titles[error.code] ?? "Error";
  traces += 1;
  return json(
    {
      error: {
        message: `(#${error.code}) ${title}`,
        type: "OAuthException",
        code: error.code,
        error_data: { messaging_product: "whatsapp", details: error.details || title },
        fbtrace_id: `Asim${traces.toString(36)}`,
      },
    },
    error.status,
  );
}
