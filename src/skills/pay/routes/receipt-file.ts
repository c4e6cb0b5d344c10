import { AppError, type House } from "#kernel";
import { drawReceipt } from "../adapters/receipt-pdf.ts";
import type { Receipt } from "../store/receipts.ts";

/** @throws AppError not_found as long as there is none */
export async function receiptFile(
  house: House,
  tenantId: number,
  { receipt, language }: { receipt: Receipt | undefined; language: "de" | "en" },
) {
  if (!receipt) throw new AppError("not_found", "There is a receipt as soon as it is paid in full.");
  const { number, cancels, facts, issued_at: issuedAt } = receipt;
  const { name: company } = await house.profile(tenantId);
  const pdf = await drawReceipt({
    ...facts,
    number,
    cancels,
    company,
    language,
    issuedAt: issuedAt.getTime(),
  });
  return { name: `${number}.pdf`, mime: "application/pdf" as const, content: pdf.toString("base64") };
}
