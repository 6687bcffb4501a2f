import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import { defineComponent } from "../../model/component.ts";
import { publicAccess, signedOnly } from "./access-checks.ts";
import { corsDeclared, lifecycleDeclared, uploadRoundTrip } from "./bucket-checks.ts";
import { encryptionOn, versioningOn } from "./keeping-checks.ts";
import { storageOptions } from "./options.ts";
import { ownFolder, uploadLimits } from "./upload-checks.ts";

const URLS = { type: "url", protocols: ["https", "http"] } as const;

/** A bucket of Amazon S3, Cloudflare R2, Supabase Storage, or anything else that speaks S3. */
export const storage = defineComponent({
  kind: "storage",
  summary: "A bucket that speaks S3: who reads it, who writes where, what it takes, and how it cleans up.",
  options: storageOptions,
  variables: ({ endpointVariable, accessKeyVariable, secretKeyVariable, publicUrlVariable, ...options }) => [
    {
      name: endpointVariable,
      is: URLS,
      required: true,
      secret: false,
      description: `Address of the store that holds the bucket ${options.bucket}.`,
    },
    {
      name: accessKeyVariable,
      is: { type: "string" },
      required: true,
      secret: true,
      description: `Id of the access key for the bucket ${options.bucket}.`,
    },
    {
      name: secretKeyVariable,
      is: { type: "string" },
      required: true,
      secret: true,
      description: `Secret access key for the bucket ${options.bucket}.`,
    },
    ...(options.public
      ? [
          {
            name: publicUrlVariable,
            is: URLS,
            required: true,
            secret: false,
            description: `Address under which everybody reads ${options.bucket}, without a slash at its end.`,
          },
        ]
      : []),
  ],
  provision: (request) =>
    provisionStandIn(request, {
      line: request.options.standIn,
      told: "a stand-in for the store of files",
      async values(port) {
        const { options } = request;
        const word = await keptWord(request, { file: "stand-in-keys", bytes: 40 });
        const url = `http://127.0.0.1:${port}`;
        return {
          [options.endpointVariable]: url,
          [options.accessKeyVariable]: word.slice(0, 20),
          [options.secretKeyVariable]: word.slice(20),
          ...(options.public && { [options.publicUrlVariable]: `${url}/${options.bucket}` }),
        };
      },
    }),
  // In the order of before: what is learned begins with a number for each check, and another order binds otherwise (decision 0032).
  checks: [
    corsDeclared,
    lifecycleDeclared,
    publicAccess,
    signedOnly,
    uploadRoundTrip,
    versioningOn,
    encryptionOn,
    uploadLimits,
    ownFolder,
  ],
});
