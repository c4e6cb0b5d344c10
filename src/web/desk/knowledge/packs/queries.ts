import { queryOptions } from "@tanstack/react-query";
import { getPack, listPacks } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";

export const packsQuery = queryOptions({
  queryKey: ["knowledge", "packs"],
  queryFn: ({ signal }) => call(listPacks, {}, signal),
});

export function packQuery(name: string) {
  return queryOptions({
    queryKey: ["knowledge", "packs", name],
    queryFn: ({ signal }) => call(getPack, { params: { name } }, signal),
  });
}
