import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  makeChange,
  type RunningReply,
  type TriedReply,
  type WhatIf,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Problem } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import type { Found } from "../evening/rounds.ts";
import { useName } from "../evening/use-name.ts";
import { runningQuery } from "../queries.ts";
import type { CityFormat } from "../use-city-format.ts";
import { BeforeAfter } from "./before-after.tsx";
import { Reached } from "./reached.tsx";

interface TriedProps {
  running: RunningReply;
  change: WhatIf;
  tried: TriedReply;
  /** It answers what was asked before; the new answer is on its way. */
  isOld: boolean;
  found: Found | null;
  format: CityFormat;
  onDone(): void;
  onDiscard(): void;
}

/** The answer: before and after, whom it reaches, and the button that does it. */
export function TriedChange(props: TriedProps) {
  const { running, change, tried, isOld, found, format, onDone, onDiscard } = props;
  const { t } = useText();
  const nameOf = useName();
  const [tells, setTells] = useState(true);
  const { making, isMoved, isBroken } = useMaking({ running, change, tried, tells, onDone });
  const isQuestion = change.kind === "parcels";
  const isBest = change.kind === "best" && !tried.refused && isSame(tried);
  const name = found ? nameOf(found.stop.deliveryId, found.stop.name) : "";
  const told = tried.messages.length;
  const [first] = tried.messages;
  const doIt =
    told === 0 || !tells
      ? t("delivery.doIt")
      : told === 1
        ? t("delivery.doItTell", {
            name: nameOf(first?.deliveryId ?? 0, first?.name),
          })
        : t("delivery.doItTellMany", { count: told });
  return (
    <div aria-busy={isOld || undefined} className={isOld ? "mt-3 opacity-60" : "mt-3"}>
      <div role="status">
        {isMoved && (
          <p className="mb-2">
            <StateLine kind="info">{t("delivery.movedSince")}</StateLine>
          </p>
        )}
        {tried.refused && (
          <p className="mb-2">
            <StateLine kind="bad">{t(`delivery.refused.${tried.refused}`)}</StateLine>
          </p>
        )}
        {isBest && (
          <p className="mb-2">
            <StateLine kind="info">{t("delivery.noBetter")}</StateLine>
          </p>
        )}
        {tried.fits !== null && change.kind === "parcels" && (
          <p className="mb-2">
            <StateLine kind={tried.fits < change.count ? "warn" : "ok"}>
              {t("delivery.fits", { fits: tried.fits, all: change.count })}
            </StateLine>
          </p>
        )}
      </div>
      {!tried.refused && (
        <>
          {!isQuestion && <BeforeAfter tried={tried} name={name} format={format} />}
          <Reached tried={tried} running={running} format={format} tells={tells} />
          {!isQuestion && told > 0 && (
            <div className="mt-3 max-w-96">
              <Switch
                label={t("delivery.tells")}
                words={{ on: t("on"), off: t("off") }}
                checked={tells}
                onChange={setTells}
              />
            </div>
          )}
          {isBroken ? (
            <p role="alert" className="mt-3">
              <StateLine kind="bad">{t("delivery.notMade")}</StateLine>
            </p>
          ) : (
            <FailureRows error={isMoved ? null : making.error} />
          )}
        </>
      )}
      <div className="sticky -bottom-3 -mx-4 mt-3 -mb-3 flex flex-wrap gap-2 border-t border-line bg-ground px-4 py-2 lg:-mx-6 lg:px-6">
        {!isQuestion && !tried.refused && !isBest && (
          <Button
            variant="primary"
            busy={making.isPending || isOld}
            onClick={() => {
              if (!isOld && !making.isPending) making.mutate();
            }}
          >
            {doIt}
          </Button>
        )}
        <Button onClick={onDiscard}>{t("delivery.discard")}</Button>
      </div>
    </div>
  );
}

/** The best place is the one where it stands. */
const isSame = ({ before, after }: TriedReply): boolean =>
  before.atRisk === after.atRisk &&
  before.distanceMetres === after.distanceMetres &&
  before.expectedAt === after.expectedAt;

type MakingProps = Pick<TriedProps, "running" | "change" | "tried" | "onDone"> & { tells: boolean };

/** Does it on the version that it was tried on; where the rounds moved since, it is tried anew and asked once more. */
function useMaking({ running, change, tried, tells, onDone }: MakingProps) {
  const { t } = useText();
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () =>
      call(makeChange, {
        params: { id: running.id },
        body: { change: tried.change ?? change, version: tried.version, tells },
      }),
    onSuccess: (next) => {
      client.setQueryData(runningQuery(running.id).queryKey, next);
      showToast({ text: t("delivery.made") });
      onDone();
    },
    onError: () => {
      void client.invalidateQueries({ queryKey: runningQuery(running.id).queryKey });
      void client.invalidateQueries({ queryKey: ["delivery", "what-if", running.id] });
    },
  });
  const code = making.error instanceof Problem ? making.error.code : null;
  return { making, isMoved: code === "conflict", isBroken: code === "rule_broken" };
}
