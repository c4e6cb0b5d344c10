import { Problem } from "../../client/problem.ts";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import type { Translate } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";

const keyCharacters = 24;
const standsAt = "stands at ";

/** The node says why in English; what it can say here is known and said in the reader's language. */
function causeOf(said: string, t: Translate): string | null {
  if (said.startsWith(standsAt)) return t("business.cause.stands_at", { name: said.slice(standsAt.length) });
  const key = said
    .toLowerCase()
    .replace(/[^a-z]+/g, "_")
    .slice(0, keyCharacters);
  return t.maybe(`business.cause.${key}`);
}

/** What stood in the way: our own sentence where there is one, otherwise what happened, what is kept, what to do. */
export function Faults({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  if (!(error instanceof Problem)) return <FailureRows error={error} />;
  const [field] = error.fields;
  const name = field && t.maybe(`business.field.${field.path.replace(/^body\.|\..*$/g, "")}`);
  const cause =
    error.code === "conflict"
      ? t("business.changedMeanwhile")
      : causeOf(field?.message ?? error.detail ?? "", t);
  if (!cause && !name) return <FailureRows error={error} />;
  const said = cause ?? t("business.cause.other");
  return (
    <p role="alert" className="mt-2">
      <StateLine kind={error.code === "conflict" ? "warn" : "bad"}>
        {name ? t("business.fault", { field: name, cause: said }) : said}
      </StateLine>
    </p>
  );
}
