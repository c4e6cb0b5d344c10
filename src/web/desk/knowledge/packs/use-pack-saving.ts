import { useMutation, useQueryClient } from "@tanstack/react-query";
import { applyPack, removePack, type StarterPack } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { showToast } from "../../../ui/toast.tsx";
import { useText } from "../../text/use-text.ts";
import { type Facts, fieldsOf, type Language } from "./facts.ts";

/** Applies a pack with its facts, and takes it away; a first apply can be taken back at once. */
export function usePackSaving(pack: StarterPack) {
  const { t } = useText();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const params = { name: pack.name };
  const removing = useMutation({
    mutationFn: () => call(removePack, { params }),
    onSuccess: ({ removed, kept }) =>
      showToast({
        text:
          kept.length === 0
            ? t("pack.removed", { count: removed })
            : t("pack.removedKept", { removed, kept: kept.length }),
      }),
    onSettled: changed,
  });
  const applying = useMutation({
    mutationFn: ({ facts, languages }: { facts: Facts; languages: readonly Language[] }) => {
      const values = pack.placeholderList.flatMap((fact) =>
        fieldsOf(fact, languages).map((language) => ({
          name: fact.name,
          language,
          value: (facts[`${fact.name}.${language}`] ?? "").trim(),
        })),
      );
      return call(applyPack, { params, body: { languages: [...languages], values } });
    },
    onSuccess: () =>
      showToast(
        pack.isApplied
          ? { text: t("pack.saved") }
          : { text: t("pack.done"), undo: { label: t("pack.undo"), onClick: () => removing.mutate() } },
      ),
    onSettled: changed,
  });
  return { applying, removing };
}
