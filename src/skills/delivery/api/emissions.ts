/**
 * Grams of CO2 for each kilometre, by vehicle; an owner who knows better says so in the city. Who walks counts as none.
 *
 * Source of the two numbers: "Greenhouse gas reporting: conversion factors 2025" of the United Kingdom's government (Department for
 * Energy Security and Net Zero, with DEFRA), table "Managed assets - vehicles", CO2 alone without methane and nitrous oxide: a
 * small car ("supermini", fuel unknown) 0.14111 kg/km, an average van up to 3.5 tonnes, diesel, 0.25395 kg/km. They are averages
 * of a fleet as it is driven, at the exhaust; new vehicles in the European Union in 2023 were tested at 106.6 (cars) and
 * 180.8 g/km (vans), electric ones among them (European Environment Agency), and burn about a fifth more on the road than on the
 * test (Commission, COM(2024) 122).
 *
 * Assumptions, not measurements: that this fleet is like the owner's; that many stops in a town are no worse than the average;
 * that a bicycle has no motor whose current counts. Making fuel, current and vehicles is left out.
 */
export const USUAL_GRAMS_PER_KM = {
  bicycle: 0,
  cargo_bike: 0,
  car: 141,
  van: 254,
} as const;
