import { QueryClient } from "@tanstack/react-query";
import { NoContact, Problem } from "../client/problem.ts";

const retries = 2;

/** The live feed keeps what is loaded fresh; nothing is loaded again just because a window got the focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < retries && isPassing(error),
      // The browser's own idea of being online is often wrong on company networks.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

function isPassing(error: unknown): boolean {
  return error instanceof NoContact || (error instanceof Problem && error.isPassing);
}
