import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/monday", label: "week.title" },
  { to: "/monday/costs", label: "costs.title" },
] as const;

export function WeekFrame(props: FrameProps) {
  const { t } = useText();
  const named = shelves.map(({ to, label }) => ({ to, label: t(label) }));
  return <RoomFrame {...props} shelves={named} name={t("week.shelves")} />;
}
