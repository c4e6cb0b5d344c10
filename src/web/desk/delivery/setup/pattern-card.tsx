import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import {
  type CityDocument,
  type Courier,
  putShiftPattern,
  type WeeklyShift,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { clockOf, minuteOf, nextKey } from "./city-draft.ts";
import { patternQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { weekdays as allDays, useWeekdayName, WeekdayChoice } from "./weekday-choice.tsx";

/** A row is one courier at the same hours on several days. */
interface Row {
  key: number;
  weekdays: number[];
  courierId: number | null;
  depotId: number;
  from: string;
  to: string;
}

interface PatternProps {
  city: CityDocument;
  couriers: readonly Courier[];
}

/** Which rounds come back every week. */
export function PatternCard({ city, couriers }: PatternProps) {
  const { t } = useText();
  const pattern = useQuery(patternQuery(city.id));
  return (
    <Card title={t("deliverySetup.pattern")} aside={t("deliverySetup.patternText")}>
      {pattern.isPending && <Waiting rows={3} label={t("deliverySetup.loading")} />}
      <Refusal error={pattern.error} />
      {pattern.data && (
        <PatternForm
          key={pattern.dataUpdatedAt}
          city={city}
          couriers={couriers}
          start={rowsOf(pattern.data.items)}
        />
      )}
    </Card>
  );
}

function PatternForm({ city, couriers, start }: PatternProps & { start: Row[] }) {
  const { t } = useText();
  const session = useMe();
  const refresh = useSetupChange();
  const [rows, setRows] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const saving = useMutation({
    mutationFn: () =>
      call(putShiftPattern, { params: { id: city.id }, body: { items: rows.flatMap(shiftsOf) } }),
    onSuccess: async () => {
      showToast({ text: t("deliverySetup.pattern.saved") });
      await refresh();
    },
  });
  const add = () =>
    setRows([
      ...rows,
      {
        key: nextKey(),
        weekdays: [1, 2, 3, 4, 5],
        courierId: couriers.find(({ id }) => !rows.some((row) => row.courierId === id))?.id ?? null,
        depotId: city.depots[0]?.id ?? 0,
        from: rows.at(-1)?.from ?? "17:00",
        to: rows.at(-1)?.to ?? "21:30",
      },
    ]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (rows.every(isRight)) saving.mutate();
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
            onChange={(part) => setRows(rows.map((one) => (one.key === row.key ? { ...one, ...part } : one)))}
            onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
          />
        ))}
      </ul>
      <Refusal error={saving.error} />
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
    </form>
  );
}

interface RowProps extends PatternProps {
  row: Row;
  isChecked: boolean;
  onChange(part: Partial<Row>): void;
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

/** Shifts that differ by their weekday only are one row. */
function rowsOf(shifts: readonly WeeklyShift[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { weekday, courierId, startDepotId, fromMinute, toMinute } of shifts) {
    const same = `${courierId} ${startDepotId} ${fromMinute} ${toMinute}`;
    const known = rows.get(same);
    if (known && !known.weekdays.includes(weekday)) known.weekdays.push(weekday);
    else
      rows.set(known ? `${same} ${nextKey()}` : same, {
        key: nextKey(),
        weekdays: [weekday],
        courierId,
        depotId: startDepotId,
        from: clockOf(fromMinute),
        to: clockOf(toMinute),
      });
  }
  return [...rows.values()];
}

const isRight = ({ weekdays, from, to }: Row): boolean =>
  weekdays.length > 0 && minuteOf(from) !== null && minuteOf(to) !== null;

function shiftsOf({ weekdays, courierId, depotId, from, to }: Row) {
  const fromMinute = minuteOf(from) ?? 0;
  const end = minuteOf(to) ?? 0;
  const toMinute = end + (end <= fromMinute ? 1_440 : 0);
  return allDays
    .filter((weekday) => weekdays.includes(weekday))
    .map((weekday) => ({ weekday, courierId, startDepotId: depotId, fromMinute, toMinute }));
}
