import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Card, Waiting } from "../../ui/card.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { noticeTemplatesQuery } from "../notices/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/** What carries a warning where WhatsApp's 24 hours are over, and what Meta thinks of it. */
export function CarrierCard() {
  const { t } = useText();
  const templates = useQuery(noticeTemplatesQuery);
  const items = templates.data?.items.filter(({ serves }) => serves === "warning");
  return (
    <Card title={t("advocate.carrier")}>
      {templates.isPending && <Waiting rows={1} label={t("advocate.loading")} />}
      {templates.error && (
        <Failure
          error={templates.error}
          title={t("advocate.notLoaded")}
          retry={() => void templates.refetch()}
        />
      )}
      {items?.length === 0 && <p className="text-ink-2">{t("advocate.carrierNone")}</p>}
      <ul className="grid gap-2">
        {items?.map(({ id, name, language, category, state }) => {
          const isFit = state === "approved" && category === "utility";
          const why = category === "utility" ? t(`templates.state.${state}`) : t("advocate.carrierMoved");
          return (
            <li key={id}>
              <p>
                <code className="font-mono text-small wrap-anywhere">{name}</code>,{" "}
                {t(`language.${language}`)}
              </p>
              <StateLine kind={isFit ? "ok" : "warn"}>{why}</StateLine>
            </li>
          );
        })}
      </ul>
      <Link
        to="/notices/templates"
        className="mt-2 inline-flex min-h-8 items-center text-small font-strong text-accent-text hover:underline"
      >
        {t("advocate.carrierWay")}
      </Link>
    </Card>
  );
}
