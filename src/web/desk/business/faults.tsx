import { Problem } from "../../client/problem.ts";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/** What stood in the way: our own sentence where there is one, otherwise the field and the node's words. */
export function Faults({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  if (!(error instanceof Problem)) return <FailureRows error={error} />;
  if (error.code === "conflict")
    return (
      <p role="alert" className="mt-2">
        <StateLine kind="warn">{t("business.changedMeanwhile")}</StateLine>
      </p>
    );
  const [field] = error.fields;
  if (!field && !error.detail) return <FailureRows error={error} />;
  const name = field
    ? (t.maybe(`business.field.${field.path.replace(/^body\.|\..*$/g, "")}`) ?? field.path)
    : "";
  return (
    <p role="alert" className="mt-2">
      <StateLine kind="bad">
        {field ? t("business.fault", { field: name, cause: field.message }) : error.detail}
      </StateLine>
    </p>
  );
}
