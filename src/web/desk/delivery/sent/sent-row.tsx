import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import {
  cancelDelivery,
  changeDelivery,
  markReturned,
  type SentReply,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { StateLine, Tag, type TagKind } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useText } from "../../text/use-text.ts";
import { useSetupChange } from "../setup/queries.ts";
import { Refusal } from "../setup/refusal.tsx";
import { useCityFormat } from "../use-city-format.ts";
import { otherWindowsQuery } from "./queries.ts";
import { WindowChoice } from "./window-choice.tsx";

const kinds: Record<SentReply["state"], TagKind> = {
  held: "info",
  booked: "plain",
  loaded: "info",
  under_way: "info",
  done: "ok",
  failed: "bad",
  cancelled: "off",
  expired: "off",
};

/** Something is still to be brought: it has a label, and may be chosen for one. */
export const hasLabel = ({ state }: Pick<SentReply, "state">): boolean =>
  state === "held" || state === "booked" || state === "loaded" || state === "under_way";

interface SentRowProps {
  sent: SentReply;
  carrierId: number | undefined;
  isChosen: boolean;
  onToggle(): void;
}

/** One parcel: whose, where, when, how it stands; moved or taken back until the courier is near. */
export function SentRow({ sent, carrierId, isChosen, onToggle }: SentRowProps) {
  const { t } = useText();
  const format = useCityFormat(sent.timeZone);
  const [asks, setAsks] = useState<"move" | "cancel" | null>(null);
  const { state, earliestAt, latestAt, recipient, senderReference, address, parcels, senderName } = sent;
  const name = recipient || senderReference || t("deliverySent.number", { id: sent.id });
  // Nothing has neither address nor customer but what was erased.
  const isErased = address === "" && sent.contactId === null;
  const isOpen = state === "held" || state === "booked" || state === "loaded";
  return (
    <li className="flex items-start gap-3 py-3">
      <input
        type="checkbox"
        aria-label={t("deliverySent.choose", { name })}
        className="mt-1 size-5 shrink-0 accent-(--ah-accent) disabled:opacity-40"
        disabled={!hasLabel(sent)}
        checked={isChosen}
        onChange={onToggle}
      />
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-strong wrap-anywhere">{name}</span>
          {!(isErased && state === "cancelled") && (
            <Tag kind={kinds[state]}>{t(`deliverySent.is.${state}`)}</Tag>
          )}
          {isErased && <Tag kind="off">{t("deliverySent.erased")}</Tag>}
          <span className="tabular-nums sm:ml-auto">
            {`${format.shortDay(format.dayOf(earliestAt))}, ${format.window(earliestAt, latestAt)}`}
          </span>
        </div>
        <p className="text-small wrap-anywhere text-ink-2">
          {[
            recipient && senderReference,
            address,
            t("deliverySetup.parcels", { count: parcels }),
            ...sent.skills.map((skill) => t(`deliverySent.skill.${skill}`)),
            senderName && t("deliverySent.of", { name: senderName }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <Live sent={sent} />
        <TakeBack sent={sent} carrierId={carrierId} />
        <div className="-ml-4 flex flex-wrap gap-1">
          {isOpen && (
            <>
              <Button variant="quiet" onClick={() => setAsks("move")}>
                {t("deliverySent.move")}
                <span className="ear-only">{`: ${name}`}</span>
              </Button>
              <Button variant="quiet" onClick={() => setAsks("cancel")}>
                {t("deliverySent.cancel")}
                <span className="ear-only">{`: ${name}`}</span>
              </Button>
            </>
          )}
          {sent.conversationId !== null && (
            <Link
              to="/conversations/$id"
              params={{ id: sent.conversationId }}
              className="inline-flex min-h-(--ah-control) items-center px-4 text-desk font-strong text-accent-text hover:underline"
            >
              {t("deliverySent.conversation")}
            </Link>
          )}
        </div>
      </div>
      <Dialog
        isOpen={asks !== null}
        onClose={() => setAsks(null)}
        title={t(asks === "move" ? "deliverySent.moveTitle" : "deliverySent.cancelTitle", { name })}
        closeLabel={t("close")}
      >
        {asks === "move" && <Move sent={sent} carrierId={carrierId} onDone={() => setAsks(null)} />}
        {asks === "cancel" && <Cancel sent={sent} carrierId={carrierId} onDone={() => setAsks(null)} />}
      </Dialog>
    </li>
  );
}

/** What is known of it now: the half-hour that was told, or what became of it. */
function Live({ sent }: { sent: SentReply }) {
  const { t } = useText();
  const format = useCityFormat(sent.timeZone);
  const { toldFrom, toldUntil, outcome, outcomeWords, endedAt, compensationMinor, currency } = sent;
  const isToCome = sent.state === "loaded" || sent.state === "under_way";
  return (
    <>
      {isToCome && toldFrom && toldUntil && (
        <p className="text-small">
          {t("deliverySent.expected", { from: format.clock(toldFrom), until: format.clock(toldUntil) })}
        </p>
      )}
      {outcome && (
        <p className="text-small">
          {[
            t(`deliverySent.outcome.${outcome}`),
            outcomeWords,
            endedAt && t("deliverySent.at", { time: format.clock(endedAt) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {compensationMinor > 0 && (
        <p className="text-small">
          <StateLine kind="warn">
            {t("deliverySent.owed", { amount: format.money(compensationMinor, currency) })}
          </StateLine>
        </p>
      )}
    </>
  );
}

/** What its customer gives back: with the courier, at the depot, with its sender. */
function TakeBack({ sent, carrierId }: Omit<DialogPartProps, "onDone">) {
  const { t } = useText();
  const refresh = useSetupChange();
  const { takeBack } = sent;
  const returning = useMutation({
    mutationFn: () =>
      call(markReturned, {
        params: { id: sent.id },
        body: carrierId === undefined ? {} : { carrierId },
      }),
    onSuccess: async () => {
      await refresh();
      showToast({ text: t("deliverySent.returnedNoted") });
    },
  });
  if (!takeBack) return null;
  const { state, what, why } = takeBack;
  return (
    <div className="flex flex-wrap items-center gap-2 text-small">
      <p className="wrap-anywhere">{t(`deliverySent.takeBack.${state}`, { what, why: why && `(${why})` })}</p>
      {(state === "taken" || state === "at_depot") && (
        <Button variant="quiet" busy={returning.isPending} onClick={() => returning.mutate()}>
          {t("deliverySent.returned")}
        </Button>
      )}
      <Refusal error={returning.error} />
    </div>
  );
}

interface DialogPartProps {
  sent: SentReply;
  carrierId: number | undefined;
  onDone(): void;
}

function Move({ sent, carrierId, onDone }: DialogPartProps) {
  const { t } = useText();
  const refresh = useSetupChange();
  const offers = useQuery(otherWindowsQuery(sent.id, carrierId));
  const moving = useMutation({
    mutationFn: (window: { eveningId: number; earliestAt: string; latestAt: string }) =>
      call(changeDelivery, {
        params: { id: sent.id },
        body: { window, ...(carrierId !== undefined && { carrierId }) },
      }),
    onSuccess: async ({ outcome }) => {
      await refresh();
      if (outcome !== "changed") return;
      showToast({ text: t("deliverySent.moved") });
      onDone();
    },
  });
  const { outcome } = moving.data ?? {};
  return (
    <div className="grid gap-4">
      {offers.isPending && <Waiting rows={2} label={t("deliverySent.asking")} />}
      <Refusal error={offers.error ?? moving.error} />
      {outcome === "gone" && <StateLine kind="warn">{t("deliverySent.gone")}</StateLine>}
      {outcome === "too_late" && <StateLine kind="warn">{t("deliverySent.tooLate")}</StateLine>}
      {offers.data && (
        <WindowChoice
          offers={moving.data?.instead ?? offers.data}
          timeZone={sent.timeZone}
          isBusy={moving.isPending}
          onChoose={({ eveningId, earliestAt, latestAt }) =>
            moving.mutate({ eveningId, earliestAt, latestAt })
          }
        />
      )}
    </div>
  );
}

function Cancel({ sent, carrierId, onDone }: DialogPartProps) {
  const { t } = useText();
  const safe = useRef<HTMLButtonElement>(null);
  const refresh = useSetupChange();
  const cancelling = useMutation({
    mutationFn: () =>
      call(cancelDelivery, {
        params: { id: sent.id },
        body: carrierId === undefined ? {} : { carrierId },
      }),
    onSuccess: async ({ outcome }) => {
      await refresh();
      if (outcome !== "cancelled") return;
      showToast({ text: t("deliverySent.cancelled") });
      onDone();
    },
  });
  return (
    <>
      <p>{t("deliverySent.cancelText")}</p>
      {cancelling.data?.outcome === "too_late" && (
        <p className="mt-2">
          <StateLine kind="warn">{t("deliverySent.tooLate")}</StateLine>
        </p>
      )}
      <Refusal error={cancelling.error} />
      <Answers
        safe={{ label: t("deliverySent.keep"), onClick: onDone, ref: safe }}
        act={{
          label: t("deliverySent.cancelNow"),
          onClick: () => cancelling.mutate(),
          busy: cancelling.isPending,
          danger: true,
        }}
      />
    </>
  );
}
