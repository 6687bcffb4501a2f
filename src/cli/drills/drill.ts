import type { Drill } from "../../drills/drill.ts";
import { expectHoldable, holdDrill } from "../../drills/hold.ts";
import { DRILLS, findDrill } from "../../drills/registry.ts";
import { UserError } from "../../model/errors.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "../command.ts";
import { confirmed } from "../confirm.ts";
import { isJson, show } from "../format.ts";
import { noSuch } from "../no-such.ts";
import { openSettled } from "../open-settled.ts";
import { folded } from "../output/plain-text.ts";
import { drillRecordOf, drillsRecordOf } from "./records.ts";
import { drillsText, drillText } from "./texts.ts";

const NAMES = DRILLS.map(({ name }) => name);

export const drillCommand: CommandModule = {
  completes: { drill: "drills" },
  declare(command) {
    declareFormat(declareEnvironment(command.argument("[drill]", `one of: ${NAMES.join(", ")}`)))
      .option("--list", "every drill, what it disturbs, when it was held last")
      .option("--by <name>", "who holds it (default: user@host)")
      .option("--no-wait", "alert: only deliver; do not wait for a person")
      .option("-y, --yes", "do not ask");
    examples(command, [
      ["gonogo drill --list", "what can be drilled, and what it would disturb"],
      ["gonogo drill rollback", "deploy the live code again, back, and forward, under a prober"],
      ["gonogo drill point-in-time", "delete a row, bring the database back as of the moment before"],
      ["gonogo drill alert", "a message through every channel, until a person acknowledges"],
      ["gonogo drill database --yes --format json", "for machines"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    if (given.options.list === true || given.args[0] === undefined) {
      const record = await drillsRecordOf(scene, DRILLS);
      await show(world, given, {
        record,
        text: () => folded(drillsText(record, scene.doors.clock.now()), world.output),
      });
      return 0;
    }
    const drill = chosen(given);
    await expectHoldable(drill, scene, world.signal);
    const { output } = world;
    const quiet = isJson(given);
    if (!quiet) {
      output.note(`${scene.launch.name} · ${scene.environment.name} · drill ${drill.name}\n`);
      for (const each of drill.disturbs(scene)) output.note(`  ${each}\n`);
    }
    if (
      given.options.yes !== true &&
      !(await confirmed(output, `Hold it in ${scene.environment.name} now?`))
    ) {
      throw new UserError("the drill was not held", { fix: "--yes to hold it without being asked" });
    }
    const held = await holdDrill(drill, scene, {
      by: text(given, "by") ?? world.who,
      signal: world.signal,
      wait: given.options.wait !== false,
      note: (line) => (quiet ? undefined : output.note(`  ${line}\n`)),
    });
    const record = drillRecordOf(scene, drill, held);
    await show(world, given, { record, text: () => folded(drillText(record), world.output) });
    return record.outcome.status === "fail" ? 1 : 0;
  },
};

function chosen({ args: [name = ""] }: Given): Drill {
  const drill = findDrill(name);
  if (drill) return drill;
  throw noSuch("drill", name, { known: NAMES });
}
