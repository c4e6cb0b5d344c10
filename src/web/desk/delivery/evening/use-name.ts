import { useText } from "../../text/use-text.ts";

/** What a stop is called: the customer's name or the sender's reference; the node sends the bare id where there is neither. */
export function useName(): (deliveryId: number, name: string | undefined) => string {
  const { t } = useText();
  return (deliveryId, name) =>
    !name || name === String(deliveryId) ? t("delivery.parcel", { id: String(deliveryId) }) : name;
}
