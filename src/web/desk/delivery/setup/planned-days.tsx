import { useQuery } from "@tanstack/react-query";
import type { PlannedDayReply } from "../../../../skills/delivery/api.ts";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useCityFormat } from "../use-city-format.ts";
import { clockOf } from "./city-draft.ts";
import { couriersQuery } from "./queries.ts";

type Refused = PlannedDayReply["refused"][number];
const kinds = { planned: "ok", stands: "past", nothing: "off", refused: "bad" } as const;

/** What became of each day, and which rounds the law or something else refused. */
export function PlannedDays({ days, timeZone }: { days: readonly PlannedDayReply[]; timeZone: string }) {
  const { t } = useText();
  const format = useCityFormat(timeZone);
  return (
    <ul role="status" className="mt-4 divide-y divide-line border-t-[1.5px] border-ink">
      {days.map(({ date, outcome, shifts, refused }) => (
        <li key={date} className="grid gap-1 py-2 sm:grid-cols-[16rem_1fr]">
          <span className="font-medium">{format.longDay(date)}</span>
          <div className="grid gap-1">
            <StateLine kind={outcome === "planned" && refused.length > 0 ? "warn" : kinds[outcome]}>
              {t(`deliverySetup.plan.outcome.${outcome}`, { count: shifts })}
            </StateLine>
            {refused.map((one) => (
              <RefusedShift
                key={`${one.courierId} ${one.fromMinute} ${one.toMinute}`}
                shift={one}
                timeZone={timeZone}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function RefusedShift({ shift, timeZone }: { shift: Refused; timeZone: string }) {
  const { t } = useText();
  const format = useCityFormat(timeZone);
  const couriers = useQuery(couriersQuery).data?.items ?? [];
  const { courierId, fromMinute, toMinute, law, words } = shift;
  const name = couriers.find(({ id }) => id === courierId)?.name ?? t("deliverySetup.plan.somebody");
  const span = `${clockOf(fromMinute)}–${clockOf(toMinute)}`;
  const hours = (seconds: number) => format.number(Math.round((seconds / 3_600) * 100) / 100);
  const minutes = (seconds: number) => format.number(Math.round(seconds / 60));
  return (
    <p className="text-small">
      <span className="font-strong">{`${name}, ${span}: `}</span>
      {law ? (
        <>
          {t(`deliverySetup.law.${law.rule}`, {
            would: hours(law.wouldSeconds),
            limit: hours(law.limitSeconds),
            wouldMinutes: minutes(law.wouldSeconds),
            limitMinutes: minutes(law.limitSeconds),
          })}{" "}
          {law.earliestStartAt
            ? t("deliverySetup.law.earliest", {
                day: format.longDay(format.dayOf(law.earliestStartAt)),
                time: format.clock(law.earliestStartAt),
              })
            : t("deliverySetup.law.otherwise")}
        </>
      ) : (
        <span lang="en">{words}</span>
      )}
    </p>
  );
}
