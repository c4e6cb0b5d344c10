import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, MessageCircle, Pin, PinOff, UserX } from "lucide-react";
import { freezeRound, type RunningRound } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { IconButton } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Menu, MenuItem, MenuLine } from "../../../ui/menu.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { runningQuery } from "../queries.ts";
import { openStops } from "./rounds.ts";

interface RoundMenuProps {
  eveningId: number;
  round: RunningRound;
  /** Counted from 1. */
  number: number;
  isOver: boolean;
  onWrite(): void;
  onDrop(): void;
}

const FEW = 3;

/** Holds the first stops to come of a round as they are, or lets them go again. */
export function useFreeze(eveningId: number) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { shiftId: number; stops: number }) =>
      call(freezeRound, { params: { id: eveningId }, body }),
    onSuccess: (next, { stops }) => {
      client.setQueryData(runningQuery(eveningId).queryKey, next);
      showToast({ text: stops === 0 ? t("delivery.letGo") : t("delivery.heldNow", { count: stops }) });
    },
  });
}

/** What can be done with a whole round. */
export function RoundMenu({ eveningId, round, number, isOver, onWrite, onDrop }: RoundMenuProps) {
  const { t } = useText();
  const freeze = useFreeze(eveningId);
  if (isOver || round.state === "dropped" || round.state === "done") return null;
  const open = openStops(round).length;
  const { shiftId } = round;
  return (
    <>
      <Menu
        align="start"
        trigger={
          <IconButton icon={Ellipsis} label={t("delivery.roundMenu", { number })} className="size-8" />
        }
      >
        <MenuItem icon={MessageCircle} onSelect={onWrite}>
          {t("delivery.writeTo", { name: round.courierName || t("delivery.round", { number }) })}
        </MenuItem>
        {open > 0 && (
          <>
            <MenuItem icon={Pin} onSelect={() => freeze.mutate({ shiftId, stops: Math.min(FEW, open) })}>
              {t("delivery.freezeFirst", { count: Math.min(FEW, open) })}
            </MenuItem>
            <MenuItem icon={Pin} onSelect={() => freeze.mutate({ shiftId, stops: open })}>
              {t("delivery.freezeAll")}
            </MenuItem>
            <MenuItem icon={PinOff} onSelect={() => freeze.mutate({ shiftId, stops: 0 })}>
              {t("delivery.unfreeze")}
            </MenuItem>
          </>
        )}
        <MenuLine />
        <MenuItem icon={UserX} danger onSelect={onDrop}>
          {t("delivery.dropCourier")}
        </MenuItem>
      </Menu>
      <FreezeFault error={freeze.error} onClose={freeze.reset} />
    </>
  );
}

/** Nothing was held or let go: said where it can be read in peace. */
export function FreezeFault({ error, onClose }: { error: unknown; onClose(): void }) {
  const { t } = useText();
  return (
    <Dialog isOpen={Boolean(error)} onClose={onClose} title={t("delivery.notFrozen")} closeLabel={t("close")}>
      <FailureRows error={error} />
    </Dialog>
  );
}
