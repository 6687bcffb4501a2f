import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import { defineComponent } from "../../model/component.ts";
import { authorizeUrl, clientAccepted, redirectExact, redirectRegistered, stateAndPkce } from "./checks.ts";
import { oauthOptions } from "./options.ts";
import { PROVIDERS, variablesOf } from "./providers.ts";

/** Sign-in with GitHub, Slack or Google (OAuth 2, RFC 6749 with RFC 9700's rules). */
export const oauth = defineComponent({
  kind: "oauth",
  summary: "Sign-in with GitHub, Slack or Google: where it leads, the way back, state, PKCE, the client.",
  options: oauthOptions,
  variables: ({ providers, standIn }) =>
    providers.flatMap((name) => {
      const { id, secret, standIn: address } = variablesOf(name);
      const { title } = PROVIDERS[name];
      const is = { type: "string", minLength: 1 } as const;
      return [
        { name: id, is, required: true, secret: false, description: `Id of our OAuth client at ${title}.` },
        { name: secret, is, required: true, secret: true, description: `Secret of that client.` },
        ...(standIn === undefined
          ? []
          : [
              {
                name: address,
                is: { type: "url", protocols: ["https", "http"] } as const,
                required: false,
                secret: false,
                description: `Where ${title} is reached; set only for a stand-in.`,
              },
            ]),
      ];
    }),
  provision: (request) =>
    provisionStandIn(request, {
      line: request.options.standIn,
      told: `stand-ins for ${request.options.providers.map((name) => PROVIDERS[name].title).join(", ")}`,
      async values(port) {
        const word = await keptWord(request, { file: "stand-in-clients", bytes: 64 });
        const values = request.options.providers.map((name, at): [string, string][] => {
          const { id, secret, standIn } = variablesOf(name);
          const part = word.slice(at * 40, at * 40 + 40);
          return [
            [id, `stand-in-${part.slice(0, 8)}`],
            [secret, part.slice(8)],
            [standIn, `http://127.0.0.1:${port}/${name}`],
          ];
        });
        return Object.fromEntries(values.flat());
      },
    }),
  checks: [authorizeUrl, stateAndPkce, redirectRegistered, redirectExact, clientAccepted],
});
