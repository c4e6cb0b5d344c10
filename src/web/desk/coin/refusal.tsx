import { Problem } from "../../client/problem.ts";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/**
 * What the node refuses by a rule has a code before the colon ("no_reserve: …"), and a sentence here in the reader's language;
 * a rule without one is said as the node says it.
 */
export function CoinRefusal({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  if (!(error instanceof Problem) || error.status >= 500) return <FailureRows error={error} />;
  const [field] = error.fields;
  const name = field?.path.split(".").pop() ?? "";
  const code = /^(\w+):/.exec(error.detail ?? "")?.[1] ?? "";
  const known = t.maybe(`coin.refused.${code}`) ?? t.maybe(`coin.refused.field.${name}`);
  if (known)
    return (
      <p role="alert">
        <StateLine kind="bad">{known}</StateLine>
      </p>
    );
  if (!error.detail) return <FailureRows error={error} />;
  return (
    <p role="alert" className="grid gap-1">
      <StateLine kind="bad">{t("coin.refused")}</StateLine>
      <span lang="en" className="text-small">
        {error.detail}
      </span>
    </p>
  );
}
