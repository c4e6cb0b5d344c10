import { Problem } from "../../client/problem.ts";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import type { Translate } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";

/** The node's reason begins with its code: "too_much: so much was not paid". */
function causeOf({ code, detail, fields }: Problem, t: Translate): string | null {
  const [field] = fields;
  const name = field && t.maybe(`pay.field.${field.path.replace(/^body\.|\.\d+$/g, "")}`);
  if (name) return t("pay.cause.field", { field: name });
  const key = /^(\w+):/.exec(detail ?? "")?.[1];
  return (key && t.maybe(`pay.cause.${key}`)) ?? (code === "conflict" ? t("pay.cause.conflict") : null);
}

/** What stood in the way: our own sentence where there is one, otherwise what happened, what is kept, what to do. */
export function PayFault({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  const cause = error instanceof Problem ? causeOf(error, t) : null;
  if (cause === null) return <FailureRows error={error} />;
  return (
    <p role="alert" className="mt-2">
      <StateLine kind="bad">{cause}</StateLine>
    </p>
  );
}
