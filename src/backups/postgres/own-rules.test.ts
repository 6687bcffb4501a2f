import { expect, it } from "vitest";
import { ownRules, readToc } from "./own-rules.ts";

const LIST = `;
; Selected TOC Entries:
;
215; 1259 16391 TABLE public entry app
214; 1259 16386 TABLE public wallet app
216; 1259 16420 TABLE ATTACH entry_2026 app
230; 1255 16430 FUNCTION public half(integer) app
3206; 2606 16390 CONSTRAINT public wallet wallet_pkey app
3208; 2606 16398 CONSTRAINT public entry entry_pkey app
3209; 1259 16411 INDEX public entry_half app
3210; 0 0 INDEX ATTACH public entry_2026_pkey app
3211; 2606 16412 CONSTRAINT public entry entry_by_index app
3213; 2606 16399 FK CONSTRAINT public entry entry_wallet_fkey app
3214; 2606 16440 CHECK CONSTRAINT public entry entry_check app
3220; 1259 16450 INDEX public both app
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
-- TOC entry 3210 (class 0 OID 0)
-- Dependencies: 3208
`;

it("finds what can be made once one table's rows are there, and nothing that waits for another table", () => {
  const after = LIST.split("\n").slice(8).join("\n");
  const toc = readToc(LIST, after, COMMENTS);
  expect(ownRules(toc, 16391)).toEqual([3208, 3209, 3211]);
  expect(ownRules(toc, 16386)).toEqual([3206]);
  expect(ownRules(toc, 1)).toEqual([]);
  expect(ownRules(readToc(LIST, after, ""), 16391)).toEqual([]);
});
