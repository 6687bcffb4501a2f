import { afterAll, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import { openDoors } from "../../system/doors.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

/** Of a page with that many links to its own application. */
async function answer(count: number, broken = -1) {
  const links = Array.from({ length: count }, (_, at) => `<a href="/p/${at}">${at}</a>`).join("");
  await using server = await serve((request, response) => {
    const isBroken = request.url === `/p/${broken}`;
    response.writeHead(isBroken ? 404 : 200, { "content-type": "text/html" });
    response.end(request.url === "/" ? `<!doctype html>${links}` : "<!doctype html>");
  });
  const subject = webSubject({
    given: { address: { url: server.url } },
    options: { pages: { html: ["/"] } },
  });
  return (await answersOf(doors, subject, [checkWithId("link.broken")]))["link.broken"];
}

it("asks every link of a declared page, and says when there were too many", async () => {
  expect(await answer(120)).toMatchObject({ status: "pass", measured: { links: 120 } });
  expect(await answer(160, 150)).toMatchObject({ status: "fail", findings: ["/p/150"] });
});

it("does not call links whole of which it asked some", async () => {
  expect((await answer(0))?.status).toBe("not applicable");
  expect(await answer(210)).toMatchObject({
    status: "unknown",
    reason: "200 links answer, and 10 more were not asked",
  });
  expect((await answer(210, 7))?.status).toBe("fail");
});
