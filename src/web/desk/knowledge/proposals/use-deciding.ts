import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf } from "#kernel/api";
import { decideProposedTopic } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { showToast } from "../../../ui/toast.tsx";
import { useText } from "../../text/use-text.ts";

export type Decision = BodyOf<typeof decideProposedTopic>;

interface Deciding {
  decide(decision: Decision, said: string): void;
  isPending: boolean;
  error: unknown;
}

/** Decides one proposal; what was decided can be taken back from the toast and from the list below. */
export function useDeciding(id: number, title: string): Deciding {
  const { t } = useText();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const undoing = useMutation({
    mutationFn: () => call(decideProposedTopic, { params: { id }, body: { do: "undo" } }),
    onSuccess: () => showToast({ text: t("proposal.undone", { title }) }),
    onSettled: refresh,
  });
  const deciding = useMutation({
    mutationFn: ({ decision }: { decision: Decision; said: string }) =>
      call(decideProposedTopic, { params: { id }, body: decision }),
    onSuccess: (_, { decision, said }) => {
      const canUndo = decision.do !== "undo" && decision.do !== "rename";
      if (said !== "")
        showToast({
          text: said,
          ...(canUndo && { undo: { label: t("proposal.undo"), onClick: () => undoing.mutate() } }),
        });
    },
    onSettled: refresh,
  });
  return {
    decide: (decision, said) => deciding.mutate({ decision, said }),
    isPending: deciding.isPending,
    error: deciding.error ?? undoing.error,
  };
}
