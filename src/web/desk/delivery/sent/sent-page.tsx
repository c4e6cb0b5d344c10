import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileUp, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { type CarrierReply, listSent, type SentReply } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { PagedList, usePages } from "../../shell/paged-list.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { LabelButtons } from "./label-buttons.tsx";
import { carriersQuery } from "./queries.ts";
import { hasLabel, SentRow } from "./sent-row.tsx";

const freshMs = 15_000;
const sign = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;
const states = ["open", "done", "failed", "cancelled"] as const;
type State = (typeof states)[number];

/** Everything that was handed in, with how it stands. */
export function SentPage() {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<State | "">("");
  const [chosen, setChosen] = useState<ReadonlyMap<number, SentReply>>(new Map());
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const [picked, setCarrier] = useState<number | null>(null);
  const carrier = carriers.find(({ tenantId }) => tenantId === picked) ?? carriers[0];
  const carrierId = carrier?.isOwn === false ? carrier.tenantId : undefined;
  const q = useDeferredValue(typed.trim());
  const list = usePages({
    key: ["delivery", "live", "sent", q, state, carrierId],
    load: async (cursor, signal) => {
      const query = {
        ...(cursor !== undefined && { before: Number(cursor) }),
        ...(q && { q }),
        ...(state && { state }),
        ...(carrierId !== undefined && { carrierId }),
      };
      const { items, next } = await call(listSent, { query }, signal);
      return { items, next: next === null ? null : String(next) };
    },
    freshMs,
  });
  const labelled = stillLabelled(chosen, list.data?.pages.flatMap(({ items }) => items) ?? []);
  const toggle = (one: SentReply) => {
    const next = new Map(labelled);
    if (!next.delete(one.id)) next.set(one.id, one);
    setChosen(next);
  };
  return (
    <DeliveryFrame
      title={t("deliverySent.title")}
      subtitle={t("deliverySent.subtitle")}
      actions={
        <>
          <Link to="/delivery/sent/list" className={buttonClass("secondary")}>
            <FileUp {...sign} /> {t("deliverySent.fromList")}
          </Link>
          <Link to="/delivery/sent/new" className={buttonClass("primary")}>
            <Plus {...sign} /> {t("deliverySent.new")}
          </Link>
        </>
      }
    >
      {labelled.size > 0 && (
        <div className="mb-4 flex flex-wrap items-center gap-2 rounded-2 border border-line bg-accent-soft p-3">
          <span className="mr-auto font-strong">{t("deliverySent.chosen", { count: labelled.size })}</span>
          <LabelButtons
            carrierId={carrierId}
            items={[...labelled.values()].map(({ id, parcels }) => ({ deliveryId: id, parcels }))}
          />
          <Button variant="quiet" onClick={() => setChosen(new Map())}>
            {t("deliverySent.unchoose")}
          </Button>
        </div>
      )}
      <PagedList
        list={list}
        words={{
          title: t("deliverySent.title"),
          loading: t("deliverySent.loading"),
          notLoaded: t("deliverySent.notLoaded"),
          none: t("deliverySent.none"),
          noneText: t("deliverySent.noneText"),
          noMatch: t("deliverySent.noMatch"),
        }}
        isFiltered={q !== "" || state !== ""}
        filter={
          <SentFilter
            typed={typed}
            onType={setTyped}
            state={state}
            onState={setState}
            carriers={carriers}
            carrierId={carrier?.tenantId}
            onCarrier={(id) => {
              setCarrier(id);
              setChosen(new Map());
            }}
          />
        }
        row={(one) => (
          <SentRow
            key={one.id}
            sent={one}
            carrierId={carrierId}
            isChosen={labelled.has(one.id)}
            onToggle={() => toggle(one)}
          />
        )}
      />
    </DeliveryFrame>
  );
}

/** What was taken back or has arrived meanwhile has no label any more, and is chosen no more. */
export function stillLabelled(
  chosen: ReadonlyMap<number, SentReply>,
  listed: readonly SentReply[],
): ReadonlyMap<number, SentReply> {
  const now = new Map(listed.map((one) => [one.id, one]));
  return new Map(
    [...chosen].map(([id, one]) => [id, now.get(id) ?? one] as const).filter(([, one]) => hasLabel(one)),
  );
}

interface SentFilterProps {
  typed: string;
  onType(text: string): void;
  state: State | "";
  onState(state: State | ""): void;
  carriers: readonly CarrierReply[];
  carrierId: number | undefined;
  onCarrier(id: number): void;
}

function SentFilter({ typed, onType, state, onState, carriers, carrierId, onCarrier }: SentFilterProps) {
  const { t } = useText();
  return (
    <div className="mb-3 flex flex-wrap gap-3">
      <TextField
        label={t("deliverySent.find")}
        className="w-full sm:w-80"
        type="search"
        value={typed}
        maxLength={100}
        onChange={(event) => onType(event.target.value)}
      />
      <SelectField
        label={t("deliverySent.state")}
        className="w-full sm:w-48"
        value={state}
        options={[
          { value: "", label: t("deliverySent.allStates") },
          ...states.map((value) => ({ value, label: t(`deliverySent.states.${value}`) })),
        ]}
        onChange={(event) => onState(event.target.value as State | "")}
      />
      {carriers.length > 1 && (
        <SelectField
          label={t("deliverySent.carrier")}
          className="w-full sm:w-64"
          value={String(carrierId)}
          options={carriers.map(({ tenantId, name }) => ({ value: String(tenantId), label: name }))}
          onChange={(event) => onCarrier(Number(event.target.value))}
        />
      )}
    </div>
  );
}
