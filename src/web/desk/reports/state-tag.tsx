import type { Report } from "../../../skills/reports/api.ts";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

const kinds: Record<Report["state"], TagKind> = {
  new: "warn",
  passed: "info",
  accepted: "info",
  done: "ok",
  rejected: "past",
};

/** Where a report stands, in a word. */
export function ReportStateTag({ state }: Pick<Report, "state">) {
  const { t } = useText();
  return <Tag kind={kinds[state]}>{t(`reports.state.${state}`)}</Tag>;
}
