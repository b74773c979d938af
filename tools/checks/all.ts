import { abiRows } from "./abi.js";
import { nativeDifferences } from "./against-native.js";
import { currentCatalogue } from "./catalogue.js";
import type { Check } from "./check.js";
import { cleanLibrary } from "./compiler.js";
import { knownCommands } from "./commands.js";
import { completeFilters, ownedTraffic } from "./filters.js";
import { layers } from "./layers.js";
import { noLeaks } from "./leaks.js";
import { linkedPages, liveLinks } from "./links.js";
import { optionTables } from "./options.js";
import { currentConfigs } from "./generated.js";
import { workingSnippets } from "./snippets.js";
import { lockfile } from "./lockfile.js";
import { formatting, linting, types } from "./programs.js";
import { reasonedDependencies } from "./reasons.js";
import { nothingHidden } from "./ignored.js";
import { fileSizes } from "./sizes.js";

/** The slow ones first: they run side by side. */
export const checks: Check[] = [
  types,
  linting,
  formatting,
  cleanLibrary,
  currentConfigs,
  optionTables,
  currentCatalogue,
  workingSnippets,
  layers,
  abiRows,
  nativeDifferences,
  completeFilters,
  ownedTraffic,
  reasonedDependencies,
  knownCommands,
  liveLinks,
  linkedPages,
  lockfile,
  noLeaks,
  nothingHidden,
  fileSizes,
];
