import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { startOutbox } from "../conversations/outbox.ts";
import { takeMessage } from "./live-feed.ts";

/** What is sent goes on while the person looks at another conversation. */
export function useOutbox(): void {
  const client = useQueryClient();
  useEffect(() => startOutbox((message) => takeMessage(client, message)), [client]);
}
