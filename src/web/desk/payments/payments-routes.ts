import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shell } from "../shell/root-routes.ts";

const pages = () => import("./payments-pages.ts");
const payments = createRoute({
  getParentRoute: () => shell,
  path: "/payments",
  component: lazyRouteComponent(pages, "PaymentsRoom"),
});

/** Not written inside the call below: the types of their pages would ask for the router while it is being made. */
const shelves = [
  createRoute({
    getParentRoute: () => payments,
    path: "/",
    component: lazyRouteComponent(pages, "RequestsPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "requests/$request",
    component: lazyRouteComponent(pages, "RequestPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "bank",
    component: lazyRouteComponent(pages, "BankPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "transfers",
    component: lazyRouteComponent(pages, "TransfersPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "export",
    component: lazyRouteComponent(pages, "ExportPage"),
  }),
  createRoute({
    getParentRoute: () => payments,
    path: "settings",
    component: lazyRouteComponent(pages, "PaySettingsPage"),
  }),
] as const;

/** Payments: what was asked for, what the bank says, what goes back, and how it is set up. */
export const paymentsTree = payments.addChildren(shelves);
