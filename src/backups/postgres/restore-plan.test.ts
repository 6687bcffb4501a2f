import { expect, it } from "vitest";
import type { BackupObject, TableContents } from "../../model/backup.ts";
import { planRestore } from "./restore-plan.ts";
import { readToc } from "./toc.ts";

const LIST = `;
; Selected TOC Entries:
;
215; 1259 16391 TABLE public entry app
214; 1259 16386 TABLE public wallet app
217; 1259 16470 TABLE public country app
218; 1259 16480 TABLE public mood app
216; 1259 16420 TABLE ATTACH entry_2026 app
230; 1255 16430 FUNCTION public half(integer) app
3206; 2606 16390 CONSTRAINT public wallet wallet_pkey app
3208; 2606 16398 CONSTRAINT public entry entry_pkey app
3209; 1259 16411 INDEX public entry_half app
3210; 0 0 INDEX ATTACH public entry_2026_pkey app
3211; 2606 16412 CONSTRAINT public entry entry_by_index app
3220; 1259 16450 INDEX public both app
3221; 1259 16451 INDEX public entry_wallet app
3222; 2606 16471 CONSTRAINT public country country_pkey app
3223; 2606 16481 CONSTRAINT public mood mood_pkey app
3213; 2606 16399 FK CONSTRAINT public entry entry_wallet_fkey app
3214; 2606 16440 CHECK CONSTRAINT public entry entry_check app
3230; 2606 16500 FK CONSTRAINT public wallet wallet_country_fkey app
3231; 2606 16501 FK CONSTRAINT public mood mood_country_fkey app
3232; 2606 16502 FK CONSTRAINT public entry entry_part_fkey app
`;
const COMMENTS = `-- TOC entry 3206 (class 2606 OID 16390)
-- Dependencies: 214
-- Name: wallet wallet_pkey; Type: CONSTRAINT; Schema: public; Owner: app
-- TOC entry 3208 (class 2606 OID 16398)
-- Dependencies: 215
-- TOC entry 3209 (class 1259 OID 16411)
-- Dependencies: 230 215 215
-- TOC entry 3211 (class 2606 OID 16412)
-- Dependencies: 3209 215
-- TOC entry 3213 (class 2606 OID 16399)
-- Dependencies: 3206 214 215
-- TOC entry 3214 (class 2606 OID 16440)
-- Dependencies: 215
-- TOC entry 3220 (class 1259 OID 16450)
-- Dependencies: 214 215
-- Dependencies: 215
-- TOC entry 3221 (class 1259 OID 16451)
-- Dependencies: 215
-- TOC entry 3222 (class 2606 OID 16471)
-- Dependencies: 217
-- TOC entry 3223 (class 2606 OID 16481)
-- Dependencies: 218
-- TOC entry 3230 (class 2606 OID 16500)
-- Dependencies: 217 214 3222
-- TOC entry 3231 (class 2606 OID 16501)
-- Dependencies: 217 218 3222
-- TOC entry 3232 (class 2606 OID 16502)
-- Dependencies: 215 214 3210
-- TOC entry 3210 (class 0 OID 0)
-- Dependencies: 3208
`;
const AFTER = LIST.split("\n").slice(9).join("\n");

const object = (name: string, mb: number): BackupObject => ({
  name,
  holds: name === "data" ? "data" : "rows of a table",
  sizeBytes: 1,
  plainBytes: mb * 1_048_576,
  sha256: "",
});
const table = (name: string, oid: number, own?: string): TableContents => ({
  ...{ name: `public.${name}`, oid, rows: 1, sampledRows: 1, checksum: "0", everyNth: 1 },
  ...(own !== undefined && { object: own }),
});
const plan = (comments: string) =>
  planRestore(readToc(LIST, AFTER, comments), {
    objects: [object("entries", 400), object("wallets", 8), object("data", 1)],
    contents: {
      tables: [
        table("entry", 16_391, "entries"),
        table("wallet", 16_386, "wallets"),
        table("country", 16_470),
        table("mood", 16_480),
      ],
    },
  });

it("makes what needs one table's rows once they are there, and a key once both tables have what is made of them", () => {
  const { steps, rest } = plan(COMMENTS);
  const told = steps.map(({ name, needs, alone, entries }) => [
    name,
    needs.join(" + "),
    alone.join(),
    entries.join(),
  ]);
  expect(told).toEqual([
    ["entries", "", "", ""],
    ["wallets", "", "", ""],
    ["data", "", "", ""],
    ["rules of entries", "entries", "", "3208,3209,3211"],
    ["index 3221 of entries", "rules of entries", "", "3221"],
    ["rules of wallets", "wallets", "", "3206"],
    ["rules of data", "data", "", "3222"],
    [
      "key 3213",
      "wallets + entries + rules of entries + index 3221 of entries + rules of wallets",
      "public.wallet,public.entry",
      "3213",
    ],
    ["key 3230", "data + wallets + rules of wallets + rules of data", "public.country,public.wallet", "3230"],
  ]);
  expect(rest).toEqual([3210, 3220, 3223, 3214, 3231, 3232]);
});

it("leaves everything for the end where nothing tells what needs what", () => {
  const { steps, rest } = plan("");
  expect(steps.map(({ name }) => name)).toEqual(["entries", "wallets", "data"]);
  expect(rest).toHaveLength(14);
});
