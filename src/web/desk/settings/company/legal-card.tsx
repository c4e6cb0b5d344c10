import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import type { CompanyPart } from "./part.ts";

/** Addresses that the chat shows at its foot, as the law asks. */
export function LegalCard({ company, change }: CompanyPart) {
  const { t } = useText();
  const set = (part: Partial<typeof company.legal>) => change({ legal: { ...company.legal, ...part } });
  return (
    <Card title={t("legal.title")}>
      <div className="grid gap-4">
        <TextField
          label={t("legal.imprint")}
          type="url"
          placeholder="https://"
          maxLength={500}
          value={company.legal.imprint}
          onChange={(event) => set({ imprint: event.target.value })}
        />
        <TextField
          label={t("legal.privacy")}
          type="url"
          placeholder="https://"
          maxLength={500}
          value={company.legal.privacy}
          onChange={(event) => set({ privacy: event.target.value })}
        />
        <Choice
          label={t("legal.staffShownAs")}
          help={t("legal.staffShownAsHelp")}
          options={(["first_name", "role"] as const).map((value) => ({
            value,
            label: t(`legal.staffShownAs.${value}`),
          }))}
          value={company.staffShownAs}
          onChange={(staffShownAs) => change({ staffShownAs })}
        />
      </div>
    </Card>
  );
}
