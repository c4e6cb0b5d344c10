import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";
import { useShelves } from "./delivery-shelves.tsx";

/** A page of the room that reads from top to bottom. */
export function DeliveryFrame(props: FrameProps) {
  const { t } = useText();
  return <RoomFrame {...props} shelves={useShelves()} name={t("delivery.shelves")} />;
}
