import { builtCommand } from "../test/fixtures/built-command.ts";
import { ensureHostPackages, FOR_TESTS } from "./host-packages.ts";

ensureHostPackages(FOR_TESTS);
// Once, before many tests at once find that it is missing.
builtCommand();
