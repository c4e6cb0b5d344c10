import { createRootRoute, createRoute, Outlet } from "@tanstack/react-router";
import { PageFailed, PageMissing } from "./page-states.tsx";
import { Shell } from "./shell.tsx";

/** What every page stands in. */
export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: PageMissing,
  errorComponent: PageFailed,
});

/** What every page stands in that needs somebody signed in. */
export const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });
