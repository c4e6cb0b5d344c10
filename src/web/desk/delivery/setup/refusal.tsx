import { Problem } from "../../../client/problem.ts";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

/** What the node refuses by a rule it says in a sentence of its own, in English; everything else in our three rows. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  const said =
    error instanceof Problem ? (error.detail ?? error.fields.map(({ message }) => message).join(" ")) : "";
  if (!(error instanceof Problem) || said === "" || error.status >= 500) return <FailureRows error={error} />;
  return (
    <p role="alert" className="grid gap-1">
      <StateLine kind="bad">{t("deliverySetup.refused")}</StateLine>
      <span lang="en" className="text-small">
        {said}
      </span>
    </p>
  );
}
