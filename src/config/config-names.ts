/** What a configuration file is called unless `--config` names another. */
export const CONFIG_NAMES = [
  "gonogo.config.ts",
  "gonogo.config.mts",
  "gonogo.config.js",
  "gonogo.config.mjs",
];
