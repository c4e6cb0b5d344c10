import { Link } from "@tanstack/react-router";
import { buttonClass } from "../../ui/button.tsx";
import { FogDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { useText } from "../text/use-text.ts";
import { Failure } from "./failure.tsx";

export function PageMissing() {
  const { t } = useText();
  return (
    <main className="grid min-h-dvh place-items-center">
      <Statement
        level={1}
        drawing={<FogDrawing className="w-[300px] max-w-full" />}
        title={t("page.missing")}
        actions={
          <Link to="/conversations" className={buttonClass("primary")}>
            {t("page.toConversations")}
          </Link>
        }
      >
        {t("page.missingText")}
      </Statement>
    </main>
  );
}

/** A fault in the page itself: the node has nothing to do with it. */
export function PageFailed({ error }: { error: unknown }) {
  const { t } = useText();
  return (
    <main className="grid min-h-dvh place-items-center">
      <Failure error={error} title={t("page.failed")} retry={() => location.reload()} />
    </main>
  );
}
