import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type BodyOf, type StaffMember, updateStaff } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Card } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { NewPassword } from "./new-password.tsx";

export interface Department {
  id: number;
  name: string;
}

interface TableProps {
  staff: readonly StaffMember[];
  departments: readonly Department[];
  mayChange: boolean;
}

export const roles = ["agent", "manager", "owner"] as const;

/** One row a person; on phones a block each. */
export function StaffTable({ staff, departments, mayChange }: TableProps) {
  const { t } = useText();
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: ({ id, body }: { id: string; body: BodyOf<typeof updateStaff> }) =>
      call(updateStaff, { params: { id }, body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["staff"] }),
  });
  return (
    <Card title={t("staff.count", { count: staff.filter(({ active }) => active).length })}>
      <FailureRows error={changing.error} />
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {staff.map((member) => (
          <Colleague
            key={member.id}
            member={member}
            departments={departments}
            mayChange={mayChange}
            onChange={(body) => changing.mutate({ id: member.id, body })}
          />
        ))}
      </ul>
    </Card>
  );
}

interface ColleagueProps extends Omit<TableProps, "staff"> {
  member: StaffMember;
  onChange(body: BodyOf<typeof updateStaff>): void;
}

function Colleague({ member, departments, mayChange, onChange }: ColleagueProps) {
  const { t, format } = useText();
  const now = useNow();
  const isMe = member.id === useMe().user.id;
  const noDepartment = { value: "", label: t("staff.noDepartment") };
  return (
    <li className="grid items-center gap-x-4 gap-y-2 py-3 md:grid-cols-[1fr_150px_200px_90px]">
      <div className="min-w-0">
        <p className="font-strong break-words">
          {member.name} {!member.active && <Tag kind="off">{t("staff.inactive")}</Tag>}
        </p>
        <p className="text-small break-all text-ink-2">{member.email}</p>
        <p className="text-tiny text-ink-3">
          {member.lastSeenAt
            ? t("staff.lastSeen", { when: format.moment(member.lastSeenAt, now) })
            : t("staff.neverSeen")}
          {mayChange && !isMe && (
            <>
              {" · "}
              <NewPassword member={member} />
            </>
          )}
        </p>
      </div>
      {mayChange ? (
        <>
          <SelectField
            label={t("staff.roleOf", { name: member.name })}
            hideLabel
            value={member.role}
            options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            onChange={(event) => onChange({ role: event.target.value as StaffMember["role"] })}
          />
          <SelectField
            label={t("staff.departmentOf", { name: member.name })}
            hideLabel
            value={String(member.departmentId ?? "")}
            options={[
              noDepartment,
              ...departments.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(event) =>
              onChange({ departmentId: event.target.value ? Number(event.target.value) : null })
            }
          />
          {/* Nobody locks themselves out. */}
          {isMe ? (
            <span className="text-small text-ink-2">{t("staff.me")}</span>
          ) : (
            <Access member={member} onChange={onChange} />
          )}
        </>
      ) : (
        <p className="text-small text-ink-2 md:col-span-3">
          {[t(`role.${member.role}`), departments.find(({ id }) => id === member.departmentId)?.name]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
    </li>
  );
}

function Access({ member, onChange }: Pick<ColleagueProps, "member" | "onChange">) {
  const { t } = useText();
  return (
    <Switch
      label={t("staff.accessOf", { name: member.name })}
      hideLabel
      words={{ on: t("on"), off: t("off") }}
      checked={member.active}
      onChange={(active) => onChange({ active })}
    />
  );
}
