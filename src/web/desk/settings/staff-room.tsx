import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../ui/card.tsx";
import { queries } from "../session/queries.ts";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { DepartmentsCard } from "./staff/departments-card.tsx";
import { NewColleague } from "./staff/new-colleague.tsx";
import { StaffTable } from "./staff/staff-table.tsx";

/** Who works here, in which department, with which rights. */
export function StaffRoom() {
  const { t } = useText();
  const staff = useQuery(queries.staff);
  const departments = useQuery(queries.departments).data?.items ?? [];
  const mayChange = isManager(useMe());
  return (
    <Page title={t("house.staff")} subtitle={t("staff.subtitle")}>
      {staff.isPending && <Waiting rows={4} label={t("staff.loading")} />}
      {staff.error && (
        <Failure error={staff.error} title={t("staff.notLoaded")} retry={() => void staff.refetch()} />
      )}
      {staff.data && (
        <div className="grid gap-5">
          <StaffTable staff={staff.data.items} departments={departments} mayChange={mayChange} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            {mayChange && <NewColleague departments={departments} />}
            <DepartmentsCard departments={departments} mayChange={mayChange} />
          </div>
        </div>
      )}
    </Page>
  );
}
