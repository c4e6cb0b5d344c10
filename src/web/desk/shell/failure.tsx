import type { ReactNode } from "react";
import { NoContact, Problem } from "../../client/problem.ts";
import { Button } from "../../ui/button.tsx";
import { FogDrawing } from "../../ui/drawings.tsx";
import { Trouble, TroubleRows } from "../../ui/statement.tsx";
import type { Translate } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";

/** An error as three sentences: what happened, what is kept, what one can do. */
export function sentencesOf(error: unknown, t: Translate) {
  const code = codeOf(error);
  const part = (name: string) =>
    t.maybe(`problem.${code}.${name}`) ?? t.maybe(`problem.internal.${name}`) ?? "";
  return { happened: part("happened"), kept: part("kept"), todo: part("todo") };
}

function codeOf(error: unknown): string {
  if (error instanceof NoContact) return "no_contact";
  return error instanceof Problem ? error.code : "internal";
}

export function rowsOf(error: unknown, t: Translate) {
  const { happened, kept, todo } = sentencesOf(error, t);
  return [
    { label: t("problem.happened"), text: happened },
    { label: t("problem.kept"), text: kept },
    { label: t("problem.todo"), text: todo },
  ];
}

interface FailureProps {
  error: unknown;
  /** What could not be done, as a statement. */
  title: string;
  retry?: () => void;
  actions?: ReactNode;
}

/** A page or pane that could not be loaded. */
export function Failure({ error, title, retry, actions }: FailureProps) {
  const { t } = useText();
  const reference = error instanceof Problem ? error.reference : null;
  return (
    <Trouble
      drawing={<FogDrawing className="w-[240px] max-w-full" />}
      kind={t.maybe(`problem.${codeOf(error)}.kind`) ?? t("problem.internal.kind")}
      title={title}
      rows={rowsOf(error, t)}
      reference={reference ? { label: t("problem.reference"), code: reference } : undefined}
      actions={
        <>
          {retry && (
            <Button variant="primary" onClick={retry}>
              {t("problem.again")}
            </Button>
          )}
          {actions}
        </>
      }
    />
  );
}

/** The same inside a card or form, where the headline is already there. */
export function FailureRows({ error }: { error: unknown }) {
  const { t } = useText();
  if (!error) return null;
  return (
    <div role="alert">
      <TroubleRows rows={rowsOf(error, t)} />
    </div>
  );
}
