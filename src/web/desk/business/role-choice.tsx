import type { Role } from "../../../skills/business/api.ts";
import { useText } from "../text/use-text.ts";

const all: readonly Role[] = ["orderer", "decision_maker", "accounts", "technician"];

/** What a person does in the company; the first two may order. */
export function RoleChoice({ roles, onChange }: { roles: readonly Role[]; onChange(roles: Role[]): void }) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="text-small font-strong">{t("business.roles")}</legend>
      <p className="text-small text-ink-2">{t("business.rolesHelp")}</p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {all.map((role) => (
          <label
            key={role}
            className="flex min-h-(--ah-control) cursor-pointer items-center gap-2 rounded-2 border border-line-strong bg-sheet px-3 py-1 text-desk has-checked:border-ink has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ah-focus)"
          >
            <input
              type="checkbox"
              className="size-4 accent-(--ah-accent)"
              checked={roles.includes(role)}
              onChange={(event) =>
                onChange(event.target.checked ? [...roles, role] : roles.filter((one) => one !== role))
              }
            />
            {t(`business.role.${role}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
