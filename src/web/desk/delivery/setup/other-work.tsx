import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { putOtherWork } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { clockOf, minuteOf, nextKey } from "./city-draft.ts";
import { otherWorkQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { StaleForm } from "./stale-form.tsx";
import { WeekdayChoice } from "./weekday-choice.tsx";

interface TypedWork {
  key: number;
  weekdays: number[];
  from: string;
  to: string;
  since: string;
  until: string;
}

/** What a courier works for others, because the working hours act counts it together with our rounds. */
export function OtherWork({ courierId, onClose }: { courierId: number; onClose(): void }) {
  const { t } = useText();
  const works = useQuery({ ...otherWorkQuery(courierId), staleTime: 0, gcTime: 0 });
  const [round, setRound] = useState(0);
  const look = async () => (await works.refetch({ throwOnError: true })).data?.version;
  if (!works.data)
    return works.error ? (
      <Refusal error={works.error} />
    ) : (
      <Waiting rows={2} label={t("deliverySetup.loading")} />
    );
  const start = works.data.items.map((one) => ({
    key: nextKey(),
    weekdays: one.weekdays,
    from: clockOf(one.fromMinute),
    to: clockOf(one.toMinute),
    since: one.from,
    until: one.until ?? "",
  }));
  return (
    <WorkForm
      key={round}
      courierId={courierId}
      start={start}
      version={works.data.version}
      look={look}
      onTakeTheirs={() => setRound(round + 1)}
      onClose={onClose}
    />
  );
}

interface WorkFormProps {
  courierId: number;
  start: TypedWork[];
  version: string;
  /** @returns the version that stands now */
  look(): Promise<string | undefined>;
  onTakeTheirs(): void;
  onClose(): void;
}

function useWork({ courierId, version, look, onTakeTheirs, onClose }: Omit<WorkFormProps, "start">) {
  const { t } = useText();
  const refresh = useSetupChange();
  /** Of what was typed over. */
  const [read, setRead] = useState(version);
  const saving = useMutation({
    mutationFn: ({ works, over = read }: { works: readonly TypedWork[]; over?: string | undefined }) =>
      call(putOtherWork, { params: { id: courierId }, body: { items: works.map(toWork), version: over } }),
    onSuccess: async ({ refusedRounds, version: saved }) => {
      setRead(saved);
      if (refusedRounds.length === 0) {
        showToast({ text: t("deliverySetup.work.saved") });
        onClose();
      }
      await refresh();
    },
  });
  const resolving = useMutation({
    mutationFn: async (mine: readonly TypedWork[] | null) => {
      const over = await look();
      if (mine) saving.mutate({ works: mine, over });
      else onTakeTheirs();
    },
  });
  return { saving, resolving };
}

function WorkForm({ start, ...props }: WorkFormProps) {
  const { t, format } = useText();
  const [works, setWorks] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const { saving, resolving } = useWork(props);
  const set = (key: number, part: Partial<TypedWork>) =>
    setWorks(works.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (works.every(isRight)) saving.mutate({ works });
  };
  const today = format.dayOf(Date.now());
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <p>{t("deliverySetup.work.text")}</p>
      <ul className="list-disc pl-5 text-small text-ink-2">
        {(["rest", "day", "break"] as const).map((law) => (
          <li key={law}>{t(`deliverySetup.work.law.${law}`)}</li>
        ))}
      </ul>
      {works.map((work) => (
        <fieldset key={work.key} className="grid gap-3 rounded-2 border border-line p-3">
          <legend className="px-1 text-small font-strong">{t("deliverySetup.work.one")}</legend>
          <WeekdayChoice
            label={t("deliverySetup.field.weekdays")}
            value={work.weekdays}
            error={isChecked && work.weekdays.length === 0 ? t("deliverySetup.fault.weekdays") : null}
            onChange={(weekdays) => set(work.key, { weekdays })}
          />
          <div className="grid grid-cols-2 gap-3">
            {(["from", "to"] as const).map((field) => (
              <TextField
                key={field}
                label={t(`deliverySetup.field.${field}`)}
                inputMode="numeric"
                value={work[field]}
                error={isChecked && minuteOf(work[field]) === null ? t("deliverySetup.fault.clock") : null}
                onChange={(event) => set(work.key, { [field]: event.target.value })}
              />
            ))}
            <DateField
              label={t("deliverySetup.work.since")}
              value={work.since}
              error={isChecked && work.since === "" ? t("deliverySetup.fault.date") : null}
              onChange={(since) => set(work.key, { since })}
            />
            <DateField
              label={t("deliverySetup.work.until")}
              value={work.until}
              onChange={(until) => set(work.key, { until })}
            />
          </div>
          <IconButton
            icon={Trash2}
            className="justify-self-end"
            label={t("deliverySetup.remove", { name: `${work.from}–${work.to}` })}
            onClick={() => setWorks(works.filter((one) => one.key !== work.key))}
          />
        </fieldset>
      ))}
      <Button
        icon={Plus}
        className="justify-self-start"
        onClick={() =>
          setWorks([
            ...works,
            {
              key: nextKey(),
              weekdays: [1, 2, 3, 4, 5, 6],
              from: "02:00",
              to: "06:00",
              since: today,
              until: "",
            },
          ])
        }
      >
        {t("deliverySetup.work.add")}
      </Button>
      <StaleForm
        error={resolving.error ?? saving.error}
        isBusy={resolving.isPending || saving.isPending}
        onTakeTheirs={() => resolving.mutate(null)}
        onKeepMine={() => resolving.mutate(works)}
      />
      {saving.data && <RefusedRounds rounds={saving.data.refusedRounds} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("save")}
        </Button>
        <Button onClick={props.onClose}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** Rounds that were planned before the work was known. */
function RefusedRounds({ rounds }: { rounds: ReplyOf<typeof putOtherWork>["refusedRounds"] }) {
  const { t, format } = useText();
  return (
    <div role="alert" className="grid gap-1">
      <StateLine kind="warn">{t("deliverySetup.work.refused", { count: rounds.length })}</StateLine>
      <ul className="text-small">
        {rounds.map(({ shiftId, earliestAt, latestAt }) => (
          <li key={shiftId}>
            {`${format.date(earliestAt)}, ${format.time(earliestAt)}–${format.time(latestAt)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

const isRight = ({ weekdays, from, to, since }: TypedWork): boolean =>
  weekdays.length > 0 && minuteOf(from) !== null && minuteOf(to) !== null && since !== "";

function toWork({ weekdays, from, to, since, until }: TypedWork) {
  const fromMinute = minuteOf(from) ?? 0;
  const end = minuteOf(to) ?? 0;
  return {
    weekdays,
    fromMinute,
    // "22:00 to 04:00" ends on the next morning.
    toMinute: end + (end <= fromMinute ? 1_440 : 0),
    from: since,
    until: until === "" ? null : until,
  };
}
