import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import type { CompanyPart } from "./part.ts";

/** Sie or du, for customers and for the team; and how the chat greets. */
export function AddressCard({ company, change }: CompanyPart) {
  const { t } = useText();
  const forms = (["sie", "du"] as const).map((value) => ({ value, label: t(`form.${value}`) }));
  return (
    <Card title={t("company.voice")}>
      <div className="grid gap-4">
        <Choice
          label={t("company.toCustomers")}
          options={forms}
          value={company.formOfAddress}
          onChange={(formOfAddress) => change({ formOfAddress })}
        />
        <Choice
          label={t("company.toTeam")}
          help={t("company.toTeamHelp")}
          options={forms}
          value={company.teamFormOfAddress}
          onChange={(teamFormOfAddress) => change({ teamFormOfAddress })}
        />
        {(["de", "en"] as const).map((language) => (
          <TextField
            key={language}
            label={t("company.greeting", { language: t(`language.${language}`) })}
            lang={language}
            maxLength={200}
            value={company.greeting[language]}
            onChange={(event) =>
              change({ greeting: { ...company.greeting, [language]: event.target.value } })
            }
          />
        ))}
      </div>
    </Card>
  );
}
