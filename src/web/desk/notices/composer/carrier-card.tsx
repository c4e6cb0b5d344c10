import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Card } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeTemplatesQuery } from "../queries.ts";
import { languages, type PartProps } from "./notice-draft.ts";

/** Outside of WhatsApp's 24-hour window an approved template carries the notice. */
export function CarrierCard({ draft, change }: PartProps) {
  const { t } = useText();
  const templates = useQuery(noticeTemplatesQuery);
  const items = templates.data?.items ?? [];
  return (
    <Card title={t("notices.carrier")}>
      <p className="mb-3 text-small text-ink-2">{t("notices.carrierText")}</p>
      <FailureRows error={templates.error} />
      {templates.isSuccess && items.length === 0 && (
        <p>
          {t("notices.noTemplates")}{" "}
          <Link to="/notices/templates" className="font-strong text-accent-text underline underline-offset-4">
            {t("notices.toTemplates")}
          </Link>
        </p>
      )}
      {items.length > 0 && (
        <div className="grid gap-4 sm:grid-cols-2">
          {languages.map((language) => {
            const chosen = items.find(({ id }) => id === draft.templates[language]);
            return (
              <div key={language} className="grid content-start gap-1">
                <SelectField
                  label={t("notices.templateIn", { language: t(`language.${language}`) })}
                  value={String(draft.templates[language] ?? "")}
                  options={[
                    { value: "", label: t("notices.firstFitting") },
                    ...items
                      .filter((one) => one.language === language)
                      .map(({ id, name, state }) => ({
                        value: String(id),
                        label: `${name} (${t(`templates.state.${state}`)})`,
                      })),
                  ]}
                  onChange={(event) =>
                    change({
                      templates: { ...draft.templates, [language]: Number(event.target.value) || null },
                    })
                  }
                />
                {chosen && chosen.state !== "approved" && (
                  <p className="text-small">
                    <StateLine kind="warn">{t("notices.templateNotApproved")}</StateLine>
                  </p>
                )}
              </div>
            );
          })}
        </div>
      )}
    </Card>
  );
}
