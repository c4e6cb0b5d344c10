import { useText } from "../text/use-text.ts";
import { EntriesList } from "./entries-list.tsx";
import { ImportCard } from "./import-card.tsx";
import { MissingLine } from "./missing-line.tsx";
import { PaymentsFrame } from "./payments-frame.tsx";
import { StatementsCard } from "./statements-card.tsx";

/** What the bank says: files are brought in, what nobody can be sure of is confirmed. */
export function BankPage() {
  const { t } = useText();
  return (
    <PaymentsFrame title={t("pay.bank")} subtitle={t("pay.bankText")}>
      <MissingLine />
      <div className="grid gap-5">
        <ImportCard />
        <EntriesList />
        <StatementsCard />
      </div>
    </PaymentsFrame>
  );
}
