import type { RunningStop } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import type { CityFormat } from "../use-city-format.ts";
import { hasEnded, stopAt } from "./rounds.ts";
import { useName } from "./use-name.ts";

/** A stop in words, for lists, tips and readers by ear. */
export function useStopWords(format: CityFormat) {
  const { t } = useText();
  const nameOf = useName();
  const name = (stop: Pick<RunningStop, "name" | "deliveryId">): string => nameOf(stop.deliveryId, stop.name);
  const when = (stop: RunningStop): string => {
    if (!hasEnded(stop)) return t("delivery.expected", { at: format.clock(stopAt(stop)) });
    const isUnknown = (stop.outcome ?? "not_recorded") === "not_recorded";
    const outcome = isUnknown && stop.state === "failed" ? "not_brought" : (stop.outcome ?? "not_recorded");
    return t("delivery.ended", { outcome: t(`delivery.outcome.${outcome}`), at: format.clock(stopAt(stop)) });
  };
  /** Too late for certain, or only hardly in time. */
  const risk = (stop: RunningStop): string => {
    const isLate = stopAt(stop) > Date.parse(stop.latestAt);
    return t(isLate ? "delivery.insteadOf" : "delivery.hardly", {
      at: format.clock(stopAt(stop)),
      until: format.clock(stop.latestAt),
    });
  };
  return {
    name,
    risk,
    when,
    /** What the axis shows, for readers by ear. */
    more(stop: RunningStop, isRisk: boolean): string {
      const isOpen = !hasEnded(stop);
      return [
        t("delivery.window", { window: format.window(stop.earliestAt, stop.latestAt) }),
        when(stop),
        isRisk && t("delivery.atRisk"),
        isOpen && stop.isFrozen && t("delivery.frozen"),
        isOpen && stop.told && t("delivery.told", { span: format.window(stop.told.from, stop.told.until) }),
      ]
        .filter(Boolean)
        .join(", ");
    },
  };
}
