/** What is run in Python: each peer whole, on the problem in its own integers, stopped by CPU seconds as we are. */

export const PYVRP = `
import json, sys, time
from importlib.metadata import version
import pyvrp
class ThreadTime:
    def __init__(self, limit):
        self.limit, self.start = limit, None
    def __call__(self, best_cost):
        now = time.thread_time()
        if self.start is None:
            self.start = now
        return now - self.start > self.limit
path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
data = pyvrp.read(path, round_func="none")
result = pyvrp.solve(data, ThreadTime(seconds), seed=seed, display=False)
cost = result.cost() if result.is_feasible() else None
print(json.dumps({"cost": cost, "version": version("pyvrp")}))
`;

/** Its own limit is by the clock and only a net; guided local search is what its documentation names for routes. */
export const OR_TOOLS = `
import json, sys, time
from importlib.metadata import version
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
path, seconds = sys.argv[1], float(sys.argv[2])
with open(path) as file:
    problem = json.load(file)
nodes, fleet = problem["nodes"], problem["fleet"]
manager = pywrapcp.RoutingIndexManager(nodes, len(fleet), [v["start"] for v in fleet], [v["end"] for v in fleet])
routing = pywrapcp.RoutingModel(manager)
cost = [problem["cost"][n * nodes:(n + 1) * nodes] for n in range(nodes)]
took = [[problem["service"][n] + way for way in cost[n]] for n in range(nodes)]
routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(cost))
load = routing.RegisterUnaryTransitVector(problem["demand"])
routing.AddDimensionWithVehicleCapacity(load, 0, [v["capacity"] for v in fleet], True, "load")
horizon = max(v["latest"] for v in fleet)
routing.AddDimension(routing.RegisterTransitMatrix(took), horizon, horizon, False, "clock")
clock = routing.GetDimensionOrDie("clock")
for node in range(problem["depots"], nodes):
    clock.CumulVar(manager.NodeToIndex(node)).SetRange(problem["earliest"][node], problem["latest"][node])
for n, vehicle in enumerate(fleet):
    for at in (routing.Start(n), routing.End(n)):
        clock.CumulVar(at).SetRange(vehicle["earliest"], vehicle["latest"])
    if vehicle["maxDuration"] < horizon:
        clock.SetSpanUpperBoundForVehicle(vehicle["maxDuration"], n)
start = time.process_time()
routing.AddSearchMonitor(routing.solver().CustomLimit(lambda: time.process_time() - start > seconds))
search = pywrapcp.DefaultRoutingSearchParameters()
search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
search.time_limit.seconds = int(20 * seconds) + 60
found = routing.SolveWithParameters(search)
print(json.dumps({"cost": found.ObjectiveValue() if found else None, "version": version("ortools")}))
`;
