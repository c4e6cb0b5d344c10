import { type FormEvent, useState } from "react";
import type { StarterPack } from "../../../../skills/service/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { LeaveGuard } from "../../shell/leave-guard.tsx";
import { useText } from "../../text/use-text.ts";
import { FactFields } from "./fact-fields.tsx";
import { countFilled, type Facts, factsOf, isWrong, type Language } from "./facts.ts";
import { PackResult } from "./pack-result.tsx";
import { PackTopics } from "./pack-topics.tsx";
import { RemovePack } from "./remove-pack.tsx";
import { usePackSaving } from "./use-pack-saving.ts";

const LANGUAGES = ["de", "en"] as const;

/** All facts in one form, with what each brings about; saved as often as one likes. */
export function PackForm({ pack }: { pack: StarterPack }) {
  const { t } = useText();
  const mayWrite = isManager(useMe());
  const [facts, setFacts] = useState<Facts>(() => factsOf(pack));
  const [languages, setLanguages] = useState<readonly Language[]>(pack.languages);
  const [isTouched, setTouched] = useState(false);
  const { applying, removing } = usePackSaving(pack);
  const all = pack.placeholderList;
  const filled = countFilled(all, facts, languages);
  const isFaulty = all.some((fact) =>
    LANGUAGES.some((one) => isWrong(fact, facts[`${fact.name}.${one}`] ?? "")),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (languages.length === 0) return;
    if (isFaulty) return event.currentTarget.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    applying.mutate({ facts, languages }, { onSuccess: () => setTouched(false) });
  };
  const change = (key: string, value: string) => {
    setTouched(true);
    setFacts((before) => ({ ...before, [key]: value }));
  };
  const words = t("pack.filled", { filled, all: all.length });
  return (
    <>
      {applying.data && pack.isApplied && <PackResult pack={pack} result={applying.data} />}
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <Card title={t("pack.facts")} aside={words}>
          <form onSubmit={submit} noValidate>
            <ProgressLine share={filled / Math.max(1, all.length)} label={words} />
            <p className="mt-3 mb-4 text-ink-2">{t("pack.factsText")}</p>
            <LanguageBoxes
              languages={languages}
              onChange={(next) => {
                setTouched(true);
                setLanguages(next);
              }}
            />
            <fieldset disabled={!mayWrite}>
              <ul className="mt-5">
                {all.map((fact) => (
                  <FactFields key={fact.name} {...{ pack, fact, facts, languages }} onChange={change} />
                ))}
              </ul>
            </fieldset>
            {mayWrite && (
              <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-3 border-t border-line bg-sheet px-4 py-3 sm:-mx-6 sm:px-6">
                <Button type="submit" variant="primary" busy={applying.isPending}>
                  {t(pack.isApplied ? "pack.save" : "pack.apply")}
                </Button>
              </div>
            )}
            <FailureRows error={applying.error} />
          </form>
        </Card>
        <div className="grid gap-5">
          <PackTopics pack={pack} facts={facts} languages={languages} />
          {mayWrite && pack.isApplied && (
            <div className="justify-self-start">
              <RemovePack title={pack.title} busy={removing.isPending} onRemove={() => removing.mutate()} />
              <FailureRows error={removing.error} />
            </div>
          )}
        </div>
      </div>
      <LeaveGuard
        isUnsaved={isTouched}
        words={{
          title: t("pack.unsaved"),
          text: t("pack.unsavedText"),
          stay: t("pack.stay"),
          leave: t("pack.leave"),
          close: t("close"),
        }}
      />
    </>
  );
}

function LanguageBoxes({
  languages,
  onChange,
}: {
  languages: readonly Language[];
  onChange(next: readonly Language[]): void;
}) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="text-small font-strong">{t("pack.languages")}</legend>
      <div className="mt-1.5 flex flex-wrap gap-4">
        {LANGUAGES.map((one) => (
          <label key={one} className="flex min-h-8 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--ah-accent)"
              checked={languages.includes(one)}
              onChange={(event) =>
                onChange(
                  LANGUAGES.filter((each) =>
                    each === one ? event.target.checked : languages.includes(each),
                  ),
                )
              }
            />
            {t(`language.${one}`)}
          </label>
        ))}
      </div>
      {languages.length === 0 && (
        <p role="alert" className="text-small font-medium text-bad">
          {t("pack.languageMissing")}
        </p>
      )}
    </fieldset>
  );
}
