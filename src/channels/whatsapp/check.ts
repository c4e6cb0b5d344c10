import type { ChannelAccount } from "#kernel";
import { codeOf, type Door } from "./door.ts";
import { fieldsOf, isFields, NAME_MAX_CHARS, stringOf } from "./fields.ts";
import { bodyOf } from "./outcome.ts";
import { errorOf } from "./provider-errors.ts";

const FIELDS = "display_phone_number,verified_name,quality_rating";

/** Asks Meta for the number. @returns name, number and quality, or what went wrong; the light follows `ok`. */
export async function check(account: ChannelAccount, door: Door): Promise<{ ok: boolean; text: string }> {
  const url = `${account.apiBase}/${encodeURIComponent(account.address)}?fields=${FIELDS}`;
  try {
    const answer = await door({ method: "GET", url, token: account.token });
    const body = fieldsOf(bodyOf(answer.bytes));
    if (answer.status !== 200 || isFields(body.error)) {
      const error = errorOf(body.error);
      return { ok: false, text: `HTTP ${answer.status}: ${error.code} ${error.title}` };
    }
    const said = [body.verified_name, body.display_phone_number, body.quality_rating];
    const text = said
      .map((each) => stringOf(each, NAME_MAX_CHARS))
      .filter(Boolean)
      .join(", ");
    return { ok: body.quality_rating !== "RED", text };
  } catch (error) {
    return { ok: false, text: `no answer: ${codeOf(error)}` };
  }
}
