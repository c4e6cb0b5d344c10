import type { ReplyOf } from "#kernel/api";
import type { knowledgeFigures } from "../../../../skills/service/api.ts";
import { useText } from "../../text/use-text.ts";

type Cases = ReplyOf<typeof knowledgeFigures>["total"];

const endings = ["pending", "handedOver", "notHelped", "abandoned", "person", "cameBack"] as const;

/** Asked, resolved of what is decided, and how the rest ended. */
export function CaseRows({ cases }: { cases: Cases }) {
  const { t, format } = useText();
  const decided = cases.asked - cases.pending;
  return (
    <>
      <dl className="grid grid-cols-2 gap-3">
        <div>
          <dt className="text-small font-strong">{t("figures.asked")}</dt>
          <dd className="text-h1 leading-8 font-strong">{format.number(cases.asked)}</dd>
        </div>
        <div>
          <dt className="text-small font-strong">{t("figures.resolved")}</dt>
          <dd className="text-h1 leading-8 font-strong">{format.number(cases.resolved)}</dd>
          {decided > 0 && (
            <dd className="text-small text-ink-2">
              {t("figures.resolvedOf", { share: format.percent(cases.resolved / decided), count: decided })}
            </dd>
          )}
        </div>
      </dl>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 text-small">
        {endings.map((ending) => (
          <div key={ending} className="flex justify-between gap-3 border-b border-line py-1">
            <dt className="text-ink-2">{t(`figures.${ending}`)}</dt>
            <dd className="font-strong">{format.number(cases[ending])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
