import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shell } from "../shell/root-routes.ts";

const payments = createRoute({
  getParentRoute: () => shell,
  path: "/payments",
  component: lazyRouteComponent(() => import("./payments-room.tsx"), "PaymentsRoom"),
});

/** Not written inside the call below: the types of their pages would ask for the router while it is being made. */
const shelves = [
  createRoute({
    getParentRoute: () => payments,
    path: "/",
    component: lazyRouteComponent(() => import("./requests-page.tsx"), "RequestsPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "requests/$request",
    component: lazyRouteComponent(() => import("./request-page.tsx"), "RequestPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "bank",
    component: lazyRouteComponent(() => import("./bank-page.tsx"), "BankPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "transfers",
    component: lazyRouteComponent(() => import("./transfers-page.tsx"), "TransfersPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "export",
    component: lazyRouteComponent(() => import("./export-page.tsx"), "ExportPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "settings",
    component: lazyRouteComponent(() => import("./settings-page.tsx"), "PaySettingsPage"),
  }),
] as const;

/** Payments: what was asked for, what the bank says, what goes back, and how it is set up. */
export const paymentsTree = payments.addChildren(shelves);
