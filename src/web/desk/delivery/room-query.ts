import { queryOptions } from "@tanstack/react-query";
import { getDeliveryRoom } from "../../../skills/delivery/api.ts";
import { call } from "../../client/call.ts";

/** Every desk asks it, so it stands apart from what only the room asks. */
export const roomQuery = queryOptions({
  queryKey: ["delivery", "room"],
  queryFn: ({ signal }) => call(getDeliveryRoom, {}, signal),
});
