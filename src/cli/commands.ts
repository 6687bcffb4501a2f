import type { CommandEntry } from "./command.ts";

/** Every subcommand in the order of a launch. Modules are loaded only when asked for. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "look at the project and write gonogo.config.ts",
    load: async () => (await import("./init.ts")).initCommand,
  },
  {
    name: "import",
    summary: "bind a Markdown checklist's lines to checks, drills and people",
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "check",
    summary: "answer the checklist",
    load: async () => (await import("./check.ts")).checkCommand,
  },
  {
    name: "plan",
    summary: "what a deploy would change, send and risk; does nothing",
    load: async () => (await import("./plan.ts")).planCommand,
  },
  {
    name: "deploy",
    summary: "gate, build, back up, migrate, stage, verify, switch, bake",
    load: async () => (await import("./deploy.ts")).deployCommand,
  },
  {
    name: "rollback",
    summary: "back to the previous good release, at once",
    load: async () => (await import("./rollback.ts")).rollbackCommand,
  },
  {
    name: "launch",
    summary: "the whole countdown: staging, then production",
    load: async () => (await import("./launch.ts")).launchCommand,
  },
  {
    name: "serve",
    summary: "watch an environment until told to stop: monitors, alerts, status page",
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  {
    name: "worker",
    summary: "share the asking with `gonogo serve`: needs a store in a Postgres",
    load: async () => (await import("./worker.ts")).workerCommand,
  },
  {
    name: "watch",
    summary: "a live board of what `gonogo serve` sees",
    load: async () => (await import("./watch.ts")).watchCommand,
  },
  {
    name: "key",
    summary: "keys of the API that `gonogo serve` answers: list, add, revoke",
    load: async () => (await import("./key.ts")).keyCommand,
  },
  {
    name: "status",
    summary: "what is live, and whether it still is GO",
    load: async () => (await import("./status.ts")).statusCommand,
  },
  {
    name: "releases",
    summary: "releases of an environment and what became of them",
    load: async () => (await import("./releases.ts")).releasesCommand,
  },
  {
    name: "logs",
    summary: "what the application's processes wrote",
    load: async () => (await import("./logs.ts")).logsCommand,
  },
  {
    name: "sign",
    summary: "a named person answers an item no machine can",
    load: async () => (await import("./sign.ts")).signCommand,
  },
  {
    name: "waive",
    summary: "a named person accepts one finding until a date",
    load: async () => (await import("./waive.ts")).waiveCommand,
  },
  {
    name: "drill",
    summary: "make a failure happen, see it mended, keep that as evidence",
    load: async () => (await import("./drills/drill.ts")).drillCommand,
  },
  {
    name: "report",
    summary: "the launch report with its evidence; earned ticks into the checklist",
    load: async () => (await import("./reports/report.ts")).reportCommand,
  },
  {
    name: "backup",
    summary: "back up everything, restore it into a scratch server and compare",
    load: async () => (await import("./backups/backup.ts")).backupCommand,
  },
  {
    name: "backups",
    summary: "the backups there are and what is known of each; verify, prune",
    load: async () => (await import("./backups/backups.ts")).backupsCommand,
  },
  {
    name: "restore",
    summary: "restore a backup beside the live data, elsewhere, or over it",
    load: async () => (await import("./backups/restore.ts")).restoreCommand,
  },
  {
    name: "store",
    summary: "where Gonogo keeps what it knows; move it into a Postgres",
    load: async () => (await import("./store.ts")).storeCommand,
  },
  {
    name: "incidents",
    summary: "what was broken: list, show, acknowledge, resolve, review",
    load: async () => (await import("./incidents/incidents.ts")).incidentsCommand,
  },
  {
    name: "silence",
    summary: "tell nobody of something for a while; measuring goes on",
    load: async () => (await import("./silence.ts")).silenceCommand,
  },
  {
    name: "stop",
    summary: "end everything an environment runs on this machine",
    load: async () => (await import("./stop.ts")).stopCommand,
  },
  {
    name: "completion",
    summary: "shell completion for bash, zsh or fish",
    load: async () => (await import("./completion/completion.ts")).completionCommand,
  },
  {
    name: "complete",
    summary: "what may follow these words, for the scripts of `gonogo completion`",
    hidden: true,
    load: async () => (await import("./completion/complete.ts")).completeCommand(COMMANDS),
  },
];
