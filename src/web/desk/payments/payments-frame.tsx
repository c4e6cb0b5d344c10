import { isManager, useMe } from "../session/session.ts";
import { type FrameProps, RoomFrame } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/payments", label: "pay.shelf.requests" },
  { to: "/payments/bank", label: "pay.shelf.bank" },
  { to: "/payments/transfers", label: "pay.shelf.transfers", isOfManagers: true },
  { to: "/payments/export", label: "pay.shelf.export", isOfManagers: true },
  { to: "/payments/settings", label: "pay.shelf.settings", isOfManagers: true },
] as const;

export function PaymentsFrame(props: FrameProps) {
  const { t } = useText();
  const isMine = isManager(useMe());
  const named = shelves
    .filter((one) => isMine || !("isOfManagers" in one))
    .map(({ to, label }) => ({ to, label: t(label) }));
  return <RoomFrame {...props} shelves={named} name={t("pay.shelves")} />;
}
