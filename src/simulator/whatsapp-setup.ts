import { json, type Reply } from "./http.ts";
import { type Json, objectOr } from "./whatsapp-fields.ts";

/**
 * What Meta answers about tokens, business accounts and webhooks (Graph API: debug_token, WhatsApp Business Account,
 * subscribed_apps, subscriptions). Settings, under `setup`: appId, business, scopes, expiresAt (s), verification,
 * listens, callback, fields, platform, quality.
 */

const USUAL = {
  appId: "5550001",
  business: "77700011",
  scopes: ["whatsapp_business_messaging", "whatsapp_business_management"],
  expiresAt: 0,
  verification: "verified",
  listens: true,
  callback: "",
  fields: ["messages"],
  platform: "CLOUD_API",
  quality: "GREEN",
} as const;

export type SetupState = {
  [Key in keyof typeof USUAL]: (typeof USUAL)[Key] | string | number | boolean | readonly string[];
};

export function setupStateOf(settings: Json): SetupState {
  return { ...USUAL, ...objectOr(settings.setup) };
}

/** What the number says of itself beside its name. */
export function numberState({ platform, quality }: SetupState): Json {
  return { platform_type: platform, quality_rating: quality };
}

/**
 * @param id first part of the path, e.g. "debug_token" or an id
 * @param bearer the token of the call
 * @returns null when the path is about something else
 */
export function answerSetup(id: string, action: string, state: SetupState, bearer: string): Reply | null {
  const { appId, business, scopes } = state;
  if (id === "debug_token" && action === "") {
    const granular = [{ scope: "whatsapp_business_management", target_ids: [business] }];
    const data = {
      app_id: appId,
      is_valid: true,
      expires_at: state.expiresAt,
      scopes,
      granular_scopes: granular,
    };
    return json({ data });
  }
  if (id === business && action === "") return json({ id, business_verification_status: state.verification });
  if (id === business && action === "subscribed_apps")
    return json({ data: state.listens ? [{ whatsapp_business_api_data: { id: appId, name: "Desk" } }] : [] });
  if (id === appId && action === "subscriptions" && bearer.startsWith(`${appId}|`)) {
    const fields = (state.fields as readonly string[]).map((name) => ({ name, version: "v23.0" }));
    const hook = { object: "whatsapp_business_account", callback_url: state.callback, active: true, fields };
    return json({ data: state.callback ? [hook] : [] });
  }
  return null;
}
