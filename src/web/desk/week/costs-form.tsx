import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Assumptions } from "../../../skills/week/api/costs.ts";
import { resetCosts, type StoredCosts, saveCosts } from "../../../skills/week/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { LeaveGuard } from "../shell/leave-guard.tsx";
import { useText } from "../text/use-text.ts";
import { assumptionsOf, draftOf, readField, SUMS } from "./costs-draft.ts";
import { PriceFields } from "./price-fields.tsx";
import { costsQuery, weekKey } from "./queries.ts";
import { ReckoningCard } from "./reckoning-card.tsx";

/** Every price in a field of its own, and beside them what they come to. */
export function CostsForm({ stored }: { stored: StoredCosts }) {
  const { t, language } = useText();
  const begun = draftOf(stored.assumptions, language);
  const [draft, setDraft] = useState(begun);
  const [isTold, setTold] = useState(false);
  const { saving, resetting } = useCostsSaving();
  const set = (key: string, text: string) => setDraft({ ...draft, [key]: text });
  const faultOf = (key: string) =>
    readField(key, draft[key] ?? "", language) === null
      ? t(key === "minutesPerCase" ? "costs.noMinutes" : "costs.noAmount")
      : null;
  const assumptions = assumptionsOf(draft, language);
  const isChanged = Object.keys(begun).some((key) => begun[key] !== draft[key]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (assumptions) saving.mutate({ assumptions, revision: stored.revision });
  };
  return (
    <form onSubmit={submit} noValidate className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
      <div className="grid min-w-0 gap-5">
        <Card title={t("costs.whatsapp")}>
          <PriceFields draft={draft} set={set} faultOf={faultOf} stored={stored} />
        </Card>
        <Card title={t("costs.rest")}>
          <div className="grid gap-3 sm:grid-cols-2">
            {SUMS.map((key) => (
              <TextField
                key={key}
                label={t(`costs.field.${key}`)}
                help={t(`costs.help.${key}`)}
                error={faultOf(key)}
                inputMode="decimal"
                maxLength={12}
                value={draft[key] ?? ""}
                onChange={(event) => set(key, event.target.value)}
              />
            ))}
          </div>
        </Card>
        <FailureRows error={saving.error ?? resetting.error} />
        {isTold && !assumptions && (
          <p role="alert" className="text-small font-strong text-bad">
            {t("costs.notSaved")}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t("costs.save")}
          </Button>
          {stored.isOwn && (
            <Button busy={resetting.isPending} onClick={() => resetting.mutate(stored.assumptions)}>
              {t("costs.reset")}
            </Button>
          )}
          <p className="text-small text-ink-2">{t(stored.isOwn ? "costs.own" : "costs.usual")}</p>
        </div>
      </div>
      <ReckoningCard assumptions={assumptions} stored={stored} />
      <LeaveGuard
        isUnsaved={isChanged && !saving.isPending}
        words={{
          title: t("costs.leave"),
          text: t("costs.leaveText"),
          stay: t("costs.stay"),
          leave: t("costs.discard"),
          close: t("costs.stay"),
        }}
      />
    </form>
  );
}

function useCostsSaving() {
  const { t } = useText();
  const client = useQueryClient();
  const show = (reply: StoredCosts) => {
    client.setQueryData(costsQuery.queryKey, reply);
    void client.invalidateQueries({ queryKey: [...weekKey, "figures"] });
  };
  const saving = useMutation({
    mutationFn: (body: { assumptions: Assumptions; revision: number }) => call(saveCosts, { body }),
    onSuccess: (reply) => {
      show(reply);
      showToast({ text: t("costs.saved") });
    },
  });
  const resetting = useMutation({
    mutationFn: (_before: Assumptions) => call(resetCosts, {}),
    onSuccess: (reply, before) => {
      show(reply);
      const undo = () => saving.mutate({ assumptions: before, revision: 0 });
      showToast({ text: t("costs.isReset"), undo: { label: t("undo"), onClick: undo } });
    },
  });
  return { saving, resetting };
}
