import { expect, it } from "vitest";
import { authenticationResults } from "./authentication-results.ts";

const told = (...values: string[]): string[] =>
  authenticationResults(values.map((value) => ["Authentication-Results", value] as const)).map(
    ({ method, result, domain }) => `${method} ${result} ${domain}`,
  );

it.each<[string, string, string[]]>([
  [
    "Gmail",
    "mx.google.com; dkim=pass header.i=@app.example header.s=s1 header.b=aBc; spf=pass (google.com: domain of b@app.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=b@app.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=app.example",
    ["dkim pass app.example", "spf pass app.example", "dmarc pass app.example"],
  ],
  [
    "Outlook, without a name of the server",
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=app.example; dkim=fail (body hash; did not verify) header.d=app.example;dmarc=bestguesspass action=none header.from=app.example;compauth=pass reason=109",
    [
      "spf pass app.example",
      "dkim fail app.example",
      "dmarc bestguesspass app.example",
      "compauth pass undefined",
    ],
  ],
  [
    "RFC 8601's strangest example",
    "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
    ["dkim fail undefined"],
  ],
  ["a server that looked at nothing", "example.org 1; none", []],
])("reads what %s tells", (_, value, expected) => {
  expect(told(value)).toEqual(expected);
});

it("believes the server that received the mail last, not those before it", () => {
  const mine = [
    "mx.inbox.example; spf=pass smtp.mailfrom=app.example",
    "mx.inbox.example; dkim=pass header.d=app.example",
  ];
  expect(told(...mine, "forged.example; dmarc=pass header.from=app.example")).toEqual([
    "spf pass app.example",
    "dkim pass app.example",
  ]);
});
