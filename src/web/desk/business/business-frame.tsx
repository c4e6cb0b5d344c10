import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/business", label: "business.shelf.quotations" },
  { to: "/business/companies", label: "business.shelf.companies" },
  { to: "/business/letterhead", label: "business.shelf.letterhead" },
] as const;

export function BusinessFrame(props: FrameProps) {
  const { t } = useText();
  const named = shelves.map(({ to, label }) => ({ to, label: t(label) }));
  return <RoomFrame {...props} shelves={named} name={t("business.shelves")} />;
}
