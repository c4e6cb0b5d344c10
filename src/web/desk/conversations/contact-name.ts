import type { Translate } from "../text/catalogue.ts";

/** The contact's name, or a word that says that we do not know it. */
export function contactName(
  contact: { name: string },
  channel: "web" | "whatsapp" | "telegram" | "email" | "phone",
  t: Translate,
): string {
  return contact.name.trim() || t("contact.unknown", { channel: t(`channel.${channel}`) });
}
