import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shell } from "../shell/root-routes.ts";

const coin = createRoute({
  getParentRoute: () => shell,
  path: "/coin",
  component: lazyRouteComponent(() => import("./coin-room.tsx"), "CoinRoom"),
});
const coinShelves = [
  createRoute({
    getParentRoute: () => coin,
    path: "/",
    component: lazyRouteComponent(() => import("./coverage-page.tsx"), "CoveragePage"),
  }),
  createRoute({
    getParentRoute: () => coin,
    path: "proposals",
    component: lazyRouteComponent(() => import("./proposals/proposals-page.tsx"), "CoinProposalsPage"),
  }),
  createRoute({
    getParentRoute: () => coin,
    path: "counter",
    component: lazyRouteComponent(() => import("./counter-page.tsx"), "CounterPage"),
  }),
  createRoute({
    getParentRoute: () => coin,
    path: "members",
    component: lazyRouteComponent(() => import("./members-page.tsx"), "MembersPage"),
  }),
  createRoute({
    getParentRoute: () => coin,
    path: "payouts",
    component: lazyRouteComponent(() => import("./payouts-page.tsx"), "PayoutsPage"),
  }),
] as const;

const till = createRoute({
  getParentRoute: () => shell,
  path: "/till",
  component: lazyRouteComponent(() => import("./till/till-room.tsx"), "TillRoom"),
});
const tillShelves = [
  createRoute({
    getParentRoute: () => till,
    path: "/",
    component: lazyRouteComponent(() => import("./till/till-page.tsx"), "TillPage"),
  }),
  createRoute({
    getParentRoute: () => till,
    path: "list",
    component: lazyRouteComponent(() => import("./till/taken-page.tsx"), "TakenPage"),
  }),
  createRoute({
    getParentRoute: () => till,
    path: "settlement",
    component: lazyRouteComponent(() => import("./till/settlement-page.tsx"), "SettlementPage"),
  }),
] as const;

/** The association that issues a coin, and the till that takes one. */
export const coinTrees = [coin.addChildren(coinShelves), till.addChildren(tillShelves)] as const;
