import type { RequestRow, RequestStateName } from "../../../skills/pay/api.ts";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

const kinds: Record<RequestStateName, TagKind> = {
  open: "plain",
  reminded: "plain",
  part_paid: "info",
  paid: "ok",
  overpaid: "warn",
  cancelled: "off",
  expired: "off",
  refunded: "past",
};

/** Where a request stands, in a word; what is late is said instead of that it is open. */
export function StateTag({ request: { state, dueOn, owedMinor } }: { request: RequestRow }) {
  const { t, format } = useText();
  const isLate = owedMinor > 0 && dueOn < format.dayOf(Date.now());
  if (isLate) return <Tag kind="warn">{t("pay.state.overdue")}</Tag>;
  return <Tag kind={kinds[state]}>{t(`pay.state.${state}`)}</Tag>;
}
