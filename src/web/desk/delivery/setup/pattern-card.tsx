import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { type CityDocument, type Courier, putShiftPattern } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { LeaveGuard } from "../../shell/leave-guard.tsx";
import { useText } from "../../text/use-text.ts";
import { minuteOf, nextKey } from "./city-draft.ts";
import { isRight, rowsOf, shiftsOf, type WeekRow } from "./pattern-rows.ts";
import { patternQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { StaleForm } from "./stale-form.tsx";
import { useWeekdayName, WeekdayChoice } from "./weekday-choice.tsx";

interface PatternProps {
  city: CityDocument;
  couriers: readonly Courier[];
}

interface WeekProps extends PatternProps {
  /** Something is typed that is not saved: nothing should be planned from what stands. */
  onUnsaved(isUnsaved: boolean): void;
}

/** Which rounds come back every week. */
export function PatternCard({ city, couriers, onUnsaved }: WeekProps) {
  const { t } = useText();
  const pattern = useQuery(patternQuery(city.id));
  return (
    <Card title={t("deliverySetup.pattern")} aside={t("deliverySetup.patternText")}>
      {pattern.isPending && <Waiting rows={3} label={t("deliverySetup.loading")} />}
      <Refusal error={pattern.error} />
      {pattern.data && (
        <PatternForm city={city} couriers={couriers} week={pattern.data} onUnsaved={onUnsaved} />
      )}
    </Card>
  );
}

type Week = ReplyOf<typeof putShiftPattern>;

/** The rows, and what they were made from: they stay as they are typed, whatever is planned or saved meanwhile. */
function useWeek(cityId: number, week: Week, onUnsaved: (isUnsaved: boolean) => void) {
  const { t } = useText();
  const refresh = useSetupChange();
  const patterns = useQueryClient();
  const query = patternQuery(cityId);
  const [rows, setRows] = useState(() => rowsOf(week.items));
  const [version, setVersion] = useState(week.version);
  const [isChanged, setChanged] = useState(false);
  const show = (now: Week) => {
    setRows(rowsOf(now.items));
    setVersion(now.version);
  };
  const mark = (isUnsaved: boolean) => {
    setChanged(isUnsaved);
    onUnsaved(isUnsaved);
  };
  // Nothing was typed: what somebody else has saved is shown.
  if (!isChanged && version !== week.version) show(week);
  const saving = useMutation({
    mutationFn: (over: string) =>
      call(putShiftPattern, {
        params: { id: cityId },
        body: { items: rows.flatMap(shiftsOf), version: over },
      }),
    onSuccess: async (saved) => {
      patterns.setQueryData(query.queryKey, saved);
      show(saved);
      mark(false);
      showToast({ text: t("deliverySetup.pattern.saved") });
      await refresh();
    },
  });
  const resolving = useMutation({
    mutationFn: async (isMine: boolean) => {
      const now = await patterns.fetchQuery({ ...query, staleTime: 0 });
      if (isMine) return void saving.mutate(now.version);
      show(now);
      mark(false);
      saving.reset();
    },
  });
  const change = (next: WeekRow[]) => {
    setRows(next);
    mark(true);
  };
  return { rows, change, isChanged, save: () => saving.mutate(version), saving, resolving };
}

function PatternForm({ city, couriers, week, onUnsaved }: WeekProps & { week: Week }) {
  const { t } = useText();
  const session = useMe();
  const { rows, change, isChanged, save, saving, resolving } = useWeek(city.id, week, onUnsaved);
  const [isChecked, setChecked] = useState(false);
  const add = () =>
    change([
      ...rows,
      {
        key: nextKey(),
        weekdays: [1, 2, 3, 4, 5],
        courierId: couriers.find(({ id }) => !rows.some((row) => row.courierId === id))?.id ?? null,
        depotId: city.depots[0]?.id ?? 0,
        endDepotId: null,
        from: rows.at(-1)?.from ?? "17:00",
        to: rows.at(-1)?.to ?? "21:30",
      },
    ]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (rows.every(isRight)) save();
  };
  if (city.depots.length === 0) return <p>{t("deliverySetup.noDepot")}</p>;
  return (
    <form onSubmit={submit} noValidate>
      {rows.length === 0 && <p className="text-ink-2">{t("deliverySetup.pattern.none")}</p>}
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <PatternRow
            key={row.key}
            row={row}
            city={city}
            couriers={couriers}
            isChecked={isChecked}
            onChange={(part) => change(rows.map((one) => (one.key === row.key ? { ...one, ...part } : one)))}
            onRemove={() => change(rows.filter((one) => one.key !== row.key))}
          />
        ))}
      </ul>
      <StaleForm
        error={resolving.error ?? saving.error}
        isBusy={resolving.isPending || saving.isPending}
        onTakeTheirs={() => resolving.mutate(false)}
        onKeepMine={() => resolving.mutate(true)}
      />
      {isManager(session) && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button icon={Plus} onClick={add}>
            {t("deliverySetup.pattern.add")}
          </Button>
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t("deliverySetup.pattern.save")}
          </Button>
        </div>
      )}
      <LeaveGuard
        isUnsaved={isChanged}
        words={{
          title: t("deliverySetup.leave.title"),
          text: t("deliverySetup.leave.text"),
          stay: t("deliverySetup.leave.stay"),
          leave: t("deliverySetup.leave.leave"),
          close: t("close"),
        }}
      />
    </form>
  );
}

interface RowProps extends PatternProps {
  row: WeekRow;
  isChecked: boolean;
  onChange(part: Partial<WeekRow>): void;
  onRemove(): void;
}

function PatternRow({ row, city, couriers, isChecked, onChange, onRemove }: RowProps) {
  const { t } = useText();
  const dayName = useWeekdayName();
  const courier = couriers.find(({ id }) => id === row.courierId)?.name ?? t("deliverySetup.plan.somebody");
  const name = `${courier}, ${row.weekdays.map(dayName).join(" ")}`;
  return (
    <li className="grid items-start gap-3 py-4 xl:grid-cols-[auto_1fr_auto]">
      <WeekdayChoice
        label={t("deliverySetup.field.weekdays")}
        value={row.weekdays}
        error={isChecked && row.weekdays.length === 0 ? t("deliverySetup.fault.weekdays") : null}
        onChange={(weekdays) => onChange({ weekdays })}
      />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1.6fr_1.6fr_1fr_1fr]">
        <SelectField
          label={t("deliverySetup.field.courier")}
          value={String(row.courierId ?? "")}
          options={[
            { value: "", label: t("deliverySetup.plan.somebody") },
            ...couriers.map(({ id, name: label }) => ({ value: String(id), label })),
          ]}
          onChange={(event) =>
            onChange({ courierId: event.target.value === "" ? null : Number(event.target.value) })
          }
        />
        <SelectField
          label={t("deliverySetup.field.depot")}
          help={
            row.endDepotId !== null &&
            t("deliverySetup.field.endDepot", {
              name: city.depots.find(({ id }) => id === row.endDepotId)?.name ?? "–",
            })
          }
          value={String(row.depotId)}
          options={city.depots.map(({ id, name: label }) => ({ value: String(id), label }))}
          onChange={(event) => onChange({ depotId: Number(event.target.value) })}
        />
        {(["from", "to"] as const).map((field) => (
          <TextField
            key={field}
            label={t(`deliverySetup.field.${field}`)}
            inputMode="numeric"
            value={row[field]}
            error={isChecked && minuteOf(row[field]) === null ? t("deliverySetup.fault.clock") : null}
            onChange={(event) => onChange({ [field]: event.target.value })}
          />
        ))}
      </div>
      <IconButton
        icon={Trash2}
        className="xl:mt-6"
        label={t("deliverySetup.remove", { name })}
        onClick={onRemove}
      />
    </li>
  );
}
