import { expectSabotaged } from "./expect-sabotaged.ts";
import { LASTING, PASSING } from "./rounds.ts";
import { copySoulSeer } from "./soulseer.ts";

expectSabotaged(copySoulSeer, { rounds: PASSING, lasting: LASTING });
