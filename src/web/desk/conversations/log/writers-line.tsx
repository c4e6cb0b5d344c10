import type { Conversation } from "#kernel/api";
import { useText } from "../../text/use-text.ts";
import { contactName } from "../contact-name.ts";
import { useWriters } from "../typing.ts";

/** "Katrin Brandt schreibt": only while she does. */
export function WritersLine({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const customer = useWriters(conversation.id).find(({ side }) => side === "customer");
  if (!customer) return null;
  const name = customer.who || contactName(conversation.contact, conversation.channel.kind, t);
  return <p className="self-start text-tiny text-ink-2">{t("typing.customer", { name })}</p>;
}
