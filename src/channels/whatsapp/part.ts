import { type Fields, fieldsOf, isFields, listOf, NAME_MAX_CHARS, stringOf } from "./fields.ts";
import { bodyOf } from "./outcome.ts";

/** The part of a webhook body that is about these accounts, named as `parse` names them; empty when nothing is. */
export function partFor(raw: Buffer, addresses: ReadonlySet<string>): Buffer {
  const body = bodyOf(raw);
  const entry = listOf(body?.entry).flatMap((one): Fields[] => {
    if (!isFields(one)) return [];
    const changes = listOf(one.changes).filter(
      (change) => isFields(change) && addressesOf(change, one).some((address) => addresses.has(address)),
    );
    return changes.length > 0 ? [{ ...one, changes }] : [];
  });
  return entry.length > 0 ? Buffer.from(JSON.stringify({ ...body, entry })) : Buffer.alloc(0);
}

function addressesOf(change: Fields, entry: Fields): string[] {
  const value = fieldsOf(change.value);
  const phone = stringOf(fieldsOf(value.metadata).phone_number_id, NAME_MAX_CHARS);
  if (phone) return [phone];
  const wabas = [fieldsOf(value.waba_info).waba_id, entry.id].map((id) => stringOf(id, NAME_MAX_CHARS));
  return ["", ...wabas.filter(Boolean).map((id) => `waba:${id}`)];
}
