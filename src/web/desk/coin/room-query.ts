import { queryOptions } from "@tanstack/react-query";
import { getCoinRoom } from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";

/** Every desk asks it, so it stands apart from what only the rooms ask. */
export const coinRoomQuery = queryOptions({
  queryKey: ["coin", "room"],
  queryFn: ({ signal }) => call(getCoinRoom, {}, signal),
});
