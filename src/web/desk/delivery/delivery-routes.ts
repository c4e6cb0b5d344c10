import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shell } from "../shell/root-routes.ts";

const delivery = createRoute({
  getParentRoute: () => shell,
  path: "/delivery",
  component: lazyRouteComponent(() => import("./delivery-room.tsx"), "DeliveryRoom"),
});
const deliveryShelves = [
  createRoute({
    getParentRoute: () => delivery,
    path: "/",
    validateSearch: (found): { city?: number; evening?: number } => ({
      ...(typeof found.city === "number" && { city: found.city }),
      ...(typeof found.evening === "number" && { evening: found.evening }),
    }),
    component: lazyRouteComponent(() => import("./evening/evening-page.tsx"), "EveningPage"),
  }),
  createRoute({
    getParentRoute: () => delivery,
    path: "replay/$evening",
    component: lazyRouteComponent(() => import("./replay/replay-page.tsx"), "ReplayPage"),
  }),
  createRoute({
    getParentRoute: () => delivery,
    path: "report",
    component: lazyRouteComponent(() => import("./report/report-page.tsx"), "DeliveryReportPage"),
  }),
  createRoute({
    getParentRoute: () => delivery,
    path: "statements",
    component: lazyRouteComponent(() => import("./statements/statements-page.tsx"), "StatementsPage"),
  }),
] as const;
const sent = createRoute({
  getParentRoute: () => delivery,
  path: "sent",
  component: lazyRouteComponent(() => import("./sent/sent-room.tsx"), "SentRoom"),
});
const sentShelf = [
  createRoute({
    getParentRoute: () => sent,
    path: "/",
    component: lazyRouteComponent(() => import("./sent/sent-page.tsx"), "SentPage"),
  }),
  createRoute({
    getParentRoute: () => sent,
    path: "new",
    // The conversation that it is for; never its words.
    validateSearch: (found): { conversation?: number } =>
      typeof found.conversation === "number" ? { conversation: found.conversation } : {},
    component: lazyRouteComponent(() => import("./sent/send-page.tsx"), "SendPage"),
  }),
  createRoute({
    getParentRoute: () => sent,
    path: "list",
    component: lazyRouteComponent(() => import("./sent/list-page.tsx"), "ListPage"),
  }),
] as const;
const deliverySetup = createRoute({
  getParentRoute: () => delivery,
  path: "setup",
  component: lazyRouteComponent(() => import("./setup/setup-room.tsx"), "SetupRoom"),
});
const deliverySetupShelf = [
  createRoute({
    getParentRoute: () => deliverySetup,
    path: "/",
    component: lazyRouteComponent(() => import("./setup/city-page.tsx"), "CityPage"),
  }),
  createRoute({
    getParentRoute: () => deliverySetup,
    path: "couriers",
    component: lazyRouteComponent(() => import("./setup/couriers-page.tsx"), "CouriersPage"),
  }),
  createRoute({
    getParentRoute: () => deliverySetup,
    path: "plan",
    component: lazyRouteComponent(() => import("./setup/plan-page.tsx"), "PlanPage"),
  }),
  createRoute({
    getParentRoute: () => deliverySetup,
    path: "partners",
    component: lazyRouteComponent(() => import("./setup/partners-page.tsx"), "PartnersPage"),
  }),
  createRoute({
    getParentRoute: () => deliverySetup,
    path: "systems",
    component: lazyRouteComponent(() => import("./setup/systems-page.tsx"), "SystemsPage"),
  }),
] as const;

/** Deliveries: the evening, its report, what is handed in, and how all of it is set up. */
export const deliveryTree = delivery.addChildren([
  ...deliveryShelves,
  sent.addChildren(sentShelf),
  deliverySetup.addChildren(deliverySetupShelf),
]);
