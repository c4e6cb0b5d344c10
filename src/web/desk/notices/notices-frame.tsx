import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/notices", label: "notices.shelf.notices" },
  { to: "/notices/topics", label: "notices.shelf.topics" },
  { to: "/notices/templates", label: "notices.shelf.templates" },
  { to: "/notices/sources", label: "notices.shelf.sources" },
  { to: "/notices/rules", label: "notices.shelf.rules" },
  { to: "/notices/reports", label: "notices.shelf.reports" },
  { to: "/notices/advocate", label: "notices.shelf.advocate" },
] as const;

/** One of the room's lists, with the way to the others. */
export function NoticesFrame(props: FrameProps) {
  const { t } = useText();
  const named = shelves.map(({ to, label }) => ({ to, label: t(label) }));
  return <RoomFrame {...props} shelves={named} name={t("notices.shelves")} />;
}
