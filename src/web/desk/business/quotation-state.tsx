import type { QuotationState } from "../../../skills/business/api.ts";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

const kinds: Record<QuotationState, TagKind> = {
  draft: "plain",
  sent: "info",
  accepted: "ok",
  declined: "off",
  withdrawn: "off",
  expired: "warn",
  replaced: "past",
};

/** Where a quotation stands, in a word. */
export function QuotationStateTag({ state }: { state: QuotationState }) {
  const { t } = useText();
  return <Tag kind={kinds[state]}>{t(`business.state.${state}`)}</Tag>;
}
