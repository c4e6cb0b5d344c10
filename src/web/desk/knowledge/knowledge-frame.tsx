import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/knowledge", label: "shelf.topics" },
  { to: "/knowledge/flows", label: "shelf.flows" },
  { to: "/knowledge/proposals", label: "shelf.proposals" },
  { to: "/knowledge/health", label: "shelf.health" },
  { to: "/knowledge/teaching", label: "shelf.teaching" },
  { to: "/knowledge/versions", label: "shelf.versions" },
  { to: "/knowledge/packs", label: "shelf.packs" },
] as const;

/** One of the room's pages, with the way to the others. */
export function KnowledgeFrame(props: FrameProps) {
  const { t } = useText();
  const named = shelves.map(({ to, label }) => ({ to, label: t(label) }));
  return <RoomFrame {...props} shelves={named} name={t("shelf.all")} />;
}
