import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { getBusinessCompany, getLetterhead, getParty, getQuotation } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";

/** Quotations move while somebody looks at them: they are asked for again after this. */
export const freshMs = 5_000;

export const businessKeys = {
  all: ["business"] as const,
  quotations: ["business", "quotations"] as const,
  quotation: (id: number) => ["business", "quotation", id] as const,
  companies: ["business", "companies"] as const,
  company: (id: number) => ["business", "company", id] as const,
};

export const quotationQuery = (id: number) =>
  queryOptions({
    queryKey: businessKeys.quotation(id),
    queryFn: ({ signal }) => call(getQuotation, { params: { id } }, signal),
    staleTime: freshMs,
    refetchInterval: freshMs,
  });

export const companyQuery = (id: number) =>
  queryOptions({
    queryKey: businessKeys.company(id),
    queryFn: ({ signal }) => call(getBusinessCompany, { params: { id } }, signal),
    staleTime: freshMs,
  });

export const partyQuery = (conversationId: number) =>
  queryOptions({
    queryKey: ["business", "party", conversationId],
    queryFn: ({ signal }) => call(getParty, { params: { id: conversationId } }, signal),
    staleTime: freshMs,
  });

export const letterheadQuery = queryOptions({
  queryKey: ["business", "letterhead"],
  queryFn: ({ signal }) => call(getLetterhead, {}, signal),
  staleTime: 30_000,
});

/** What was shown of companies and quotations is out of date. */
export function useBusinessChange(): () => void {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [businessKeys.all, ["contact"], ["contacts"]])
      void client.invalidateQueries({ queryKey });
  };
}
