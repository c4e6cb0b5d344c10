import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isManager, useMe } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import { settingsQuery } from "./queries.ts";

/** Said as long as nobody knows to which account money goes. */
export function MissingLine() {
  const { t } = useText();
  const isMine = isManager(useMe());
  const { data } = useQuery(settingsQuery);
  if (!data || data.canAsk) return null;
  return (
    <p className="mb-4 rounded-2 border border-line bg-warn-soft px-4 py-3 text-warn">
      {t("pay.missing")}{" "}
      {isMine && (
        <Link to="/payments/settings" className="font-strong underline">
          {t("pay.toSettings")}
        </Link>
      )}
    </p>
  );
}
